/* naj: Arrow IPC decoding on nanoarrow's core and flatcc.
 *
 * Conventions, for every function here:
 *   - returns NAJ_OK or another naj_status; never an errno value;
 *   - `borrow_x` stays the caller's and must outlive the call (or the object named in the comment);
 *     `take_x` belongs to the callee on success and stays the caller's on failure;
 *     `out_x` is written only on success;
 *   - `error` comes last, may be NULL and is written only on failure;
 *   - sizes and offsets are bytes, lengths are rows; all are int64_t and checked before use;
 *   - nothing asserts or aborts on input. Objects may be used by one thread at a time unless
 * stated.
 */
#ifndef NAJ_NAJ_H
#define NAJ_NAJ_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream;

/* ------------------------------------------------------------------ status and errors */

typedef enum naj_status {
  NAJ_OK = 0,
  NAJ_INVALID_DATA = 1,   /* the bytes break the format */
  NAJ_TRUNCATED = 2,      /* the input ends inside something it announced */
  NAJ_UNSUPPORTED = 3,    /* valid, but not read by this library */
  NAJ_LIMIT_EXCEEDED = 4, /* a limit of naj_limits */
  NAJ_NO_MEMORY = 5,
  NAJ_IO = 6,
  NAJ_MISUSE = 7,     /* an argument or a call order that the contract excludes */
  NAJ_NEED_INPUT = 8, /* not an error: naj_stream_next wants more bytes */
  NAJ_NEED_TABLE = 9, /* not an error: the table is too small, `needed_bytes` tells */
  NAJ_NEED_ARENA = 10 /* not an error: the arena is too small, `needed_bytes` tells */
} naj_status;

/* Filled on failure. `offset_bytes` counts from the start of the input, -1 where unknown.
 * `path` is the column path ("a.b.item"), "" where none; `row` the row of the array at that path
 * (of a nested one: its item), -1 where none. Text never repeats raw input bytes. */
struct naj_error {
  int32_t status;
  int32_t os_error; /* errno of a failed system call, else 0 */
  int64_t offset_bytes;
  char path[256];
  char text[512];
  int64_t row;
};

const char* naj_status_name(naj_status status);

/* ------------------------------------------------------------------ accounting */

/* Bytes and objects of naj alive now, over all threads: heap blocks, content of naj_memory.
 * Address ranges that are only reserved (see naj_memory) do not count. */
int64_t naj_live_bytes(void);
int64_t naj_live_objects(void);
/* Bytes of message bodies copied or allocated since the process began. */
int64_t naj_body_bytes_allocated(void);
/* For tests: the n-th allocation from now fails (1 = next), 0 switches it off. */
void naj_fail_allocation(int64_t n);

/* ------------------------------------------------------------------ memory */

/* A refcounted range of bytes: a mapped file, pages of our own, foreign memory, or an imported
 * C Data array. Two counts, both atomic, any thread:
 *   uses          keep the content;
 *   reservations  keep the address range readable.
 * When the last use goes, the content goes at once: the file is unmapped and closed, pages go back,
 * foreign memory is handed back; the range of a mapping or of own pages then reads as zeros until
 * the last reservation goes (small own memory keeps its bytes until then, uncounted). Foreign and
 * imported memory has no range of ours to keep. A file that someone cuts while it is mapped raises
 * SIGBUS in its reader, as every mapping does. */
struct naj_memory;

typedef void (*naj_release_function)(int64_t release_id);

/* Each starts with one use and one reservation, the caller's. */
naj_status naj_memory_map_file(const char* borrow_path_utf8, struct naj_memory** out_memory,
                               struct naj_error* error);
/* Zeroed, writable, aligned to 64. size_bytes 0 is allowed. */
naj_status naj_memory_allocate(int64_t size_bytes, struct naj_memory** out_memory,
                               struct naj_error* error);
/* Like it, for a range of which only `counted_bytes` will be written: what nobody touches takes no
 * memory and reads as zeros. Only `counted_bytes` count as live. */
naj_status naj_memory_allocate_sparse(int64_t size_bytes, int64_t counted_bytes,
                                      struct naj_memory** out_memory, struct naj_error* error);
/* Foreign bytes at `address`; `release(release_id)` is called once, after the last use. */
naj_status naj_memory_wrap(const void* address, int64_t size_bytes, naj_release_function release,
                           int64_t release_id, struct naj_memory** out_memory,
                           struct naj_error* error);

const uint8_t* naj_memory_address(const struct naj_memory* borrow_memory);
int64_t naj_memory_size_bytes(const struct naj_memory* borrow_memory);
void naj_memory_retain(struct naj_memory* borrow_memory);
void naj_memory_release(struct naj_memory* memory);
void naj_memory_reserve(struct naj_memory* borrow_memory);
void naj_memory_unreserve(struct naj_memory* memory);

/* ------------------------------------------------------------------ limits */

struct naj_limits {
  int64_t max_metadata_bytes;     /* of one message or footer */
  int64_t max_body_bytes;         /* of one message */
  int32_t max_depth;              /* nesting of fields */
  int32_t max_fields;             /* of one schema, all levels */
  int64_t max_decompressed_bytes; /* of one message: the sum of what its buffers become */
  int32_t use_threads;            /* 1: large bodies are decompressed by several threads */
  int32_t flags;                  /* naj_read_flags */
  /* Of one message: how many times their size its compressed buffers may become together, unless
   * that is no more than 1 MiB. */
  int64_t max_decompression_ratio;
};
enum naj_read_flags {
  NAJ_READ_KEEP_BYTE_ORDER = 1, /* buffers of big-endian senders stay as they are */
  NAJ_READ_EMBEDDED = 2         /* the file need not begin with its magic: see naj_file_open */
};
/* 2^31-1, 2^63-1, 128, 1,000,000, 2^63-1, 1, 0, 2^63-1: permissive, nothing is allocated on a
 * header's word alone: a codec's best ratio bounds what compressed bytes may claim to become. */
void naj_limits_init(struct naj_limits* out_limits);

/* ------------------------------------------------------------------ schema */

/* The types of the columnar format (format/Schema.fbs), one number each. Stable: Java knows them.
 */
typedef enum naj_type {
  NAJ_TYPE_NULL = 0,
  NAJ_TYPE_BOOL = 1,
  NAJ_TYPE_INT8 = 2,
  NAJ_TYPE_INT16 = 3,
  NAJ_TYPE_INT32 = 4,
  NAJ_TYPE_INT64 = 5,
  NAJ_TYPE_UINT8 = 6,
  NAJ_TYPE_UINT16 = 7,
  NAJ_TYPE_UINT32 = 8,
  NAJ_TYPE_UINT64 = 9,
  NAJ_TYPE_HALF_FLOAT = 10,
  NAJ_TYPE_FLOAT = 11,
  NAJ_TYPE_DOUBLE = 12,
  NAJ_TYPE_DECIMAL = 13,   /* param0 precision, param1 scale, param2 bit width 32..256 */
  NAJ_TYPE_DATE32 = 14,    /* days */
  NAJ_TYPE_DATE64 = 15,    /* milliseconds */
  NAJ_TYPE_TIME32 = 16,    /* param0 unit: 0 s, 1 ms */
  NAJ_TYPE_TIME64 = 17,    /* param0 unit: 2 us, 3 ns */
  NAJ_TYPE_TIMESTAMP = 18, /* param0 unit 0..3; extra: zone in UTF-8, size 0 = none */
  NAJ_TYPE_DURATION = 19,  /* param0 unit 0..3 */
  NAJ_TYPE_INTERVAL_MONTHS = 20,
  NAJ_TYPE_INTERVAL_DAY_TIME = 21,
  NAJ_TYPE_INTERVAL_MONTH_DAY_NANO = 22,
  NAJ_TYPE_UTF8 = 23,
  NAJ_TYPE_LARGE_UTF8 = 24,
  NAJ_TYPE_UTF8_VIEW = 25,
  NAJ_TYPE_BINARY = 26,
  NAJ_TYPE_LARGE_BINARY = 27,
  NAJ_TYPE_BINARY_VIEW = 28,
  NAJ_TYPE_FIXED_SIZE_BINARY = 29, /* param0 byte width, >= 0 */
  NAJ_TYPE_LIST = 30,
  NAJ_TYPE_LARGE_LIST = 31,
  NAJ_TYPE_LIST_VIEW = 32,
  NAJ_TYPE_LARGE_LIST_VIEW = 33,
  NAJ_TYPE_FIXED_SIZE_LIST = 34, /* param0 list size, >= 0 */
  NAJ_TYPE_STRUCT = 35,
  NAJ_TYPE_MAP = 36,          /* NAJ_FIELD_KEYS_SORTED */
  NAJ_TYPE_SPARSE_UNION = 37, /* extra: int32 type id of each child */
  NAJ_TYPE_DENSE_UNION = 38,  /* extra: int32 type id of each child */
  NAJ_TYPE_RUN_END_ENCODED = 39
} naj_type;

enum naj_field_flags {
  NAJ_FIELD_NULLABLE = 1,
  NAJ_FIELD_DICTIONARY = 2, /* type is the value type; index_type, dictionary_id hold */
  NAJ_FIELD_DICTIONARY_ORDERED = 4,
  NAJ_FIELD_KEYS_SORTED = 8
};

/* The schema descriptor: one relocatable block, native byte order, 8-byte aligned, that both C and
 * Java write and read. Layout: one naj_schema_header, `field_count` naj_field_records in pre-order
 * (a dictionary-encoded field is followed by the children of its value type), then the bytes that
 * the offsets point to. Offsets count from the start of the block. Metadata is in the C Data
 * Interface's encoding (int32 pair count, then int32 size and bytes of each key and value); size 0
 * means none. A descriptor that did not come from naj is checked like any input. */
struct naj_schema_header {
  int32_t version; /* NAJ_DESCRIPTOR_VERSION */
  int32_t field_count;
  int32_t column_count;
  int32_t big_endian;       /* 1: the sender's buffers are big-endian */
  int32_t metadata_version; /* of the message: 3 = V4, 4 = V5 */
  int32_t root_is_column;   /* 1: imported from a C schema that is no struct: its one column */
  int64_t features;         /* bit i set: feature i of Schema.fbs named by the sender */
  int64_t node_count;       /* field nodes of a record batch, dictionaries as their indices */
  int64_t buffer_count;     /* buffers of a record batch without variadic ones, ditto */
  int64_t metadata_offset;
  int64_t metadata_size;
  int64_t total_size;
};
struct naj_field_record {
  int32_t type; /* naj_type */
  int32_t flags;
  int32_t child_count;
  int32_t index_type; /* naj_type INT8..UINT64 of a dictionary's indices, else 0 */
  int32_t param0;
  int32_t param1;
  int32_t param2;
  int32_t name_size;
  int64_t dictionary_id;
  int64_t name_offset; /* UTF-8, no terminator */
  int64_t metadata_offset;
  int64_t metadata_size;
  int64_t extra_offset;
  int64_t extra_size;
};
#define NAJ_DESCRIPTOR_VERSION 1

/* Immutable, refcounted, any thread. */
struct naj_schema;

/* Decodes the Schema table of a Message (or of a Footer): `borrow_flatbuffer` is a verified
 * flatbuffer's table, see naj_message.h. Every type, dictionaries, metadata with NULs. */
void naj_schema_retain(struct naj_schema* borrow_schema);
void naj_schema_release(struct naj_schema* schema);
/* The descriptor, owned by the schema and valid as long as it. */
const struct naj_schema_header* naj_schema_descriptor(const struct naj_schema* borrow_schema);
naj_status naj_schema_from_descriptor(const void* borrow_descriptor, int64_t size_bytes,
                                      const struct naj_limits* borrow_limits,
                                      struct naj_schema** out_schema, struct naj_error* error);
/* C Data Interface: fills a struct that the caller then owns (a struct-typed root, "+s"). */
naj_status naj_schema_export(const struct naj_schema* borrow_schema, struct ArrowSchema* out_schema,
                             struct naj_error* error);
/* Reads but does not release `borrow_c_schema`. A root that is not a struct becomes the one column.
 */
naj_status naj_schema_import(const struct ArrowSchema* borrow_c_schema,
                             const struct naj_limits* borrow_limits, struct naj_schema** out_schema,
                             struct naj_error* error);

/* The dictionaries that a schema's fields name, each id once; indices are ordered by id. */
int32_t naj_schema_dictionary_count(const struct naj_schema* borrow_schema);
int64_t naj_schema_dictionary_id(const struct naj_schema* borrow_schema, int32_t dictionary_index);
/* The schema of the dictionary's values, borrowed from the schema: one column, the first field with
 * this id without its encoding. NULL for an index out of range. */
struct naj_schema* naj_schema_dictionary_values(const struct naj_schema* borrow_schema,
                                                int32_t dictionary_index);

/* Says which fields are read: a byte for each field of the descriptor, 0 = not. The buffers of a
 * field that is not selected are neither checked nor decompressed and stand as absent in tables,
 * which have the nodes and buffers of all fields; the values of a dictionary that no selected field
 * refers to are treated alike. Called before the first decode, by the thread that opened. */
naj_status naj_schema_select(struct naj_schema* borrow_schema, const uint8_t* borrow_selected,
                             int64_t field_count, struct naj_error* error);

/* ------------------------------------------------------------------ batch table */

/* What a decode call fills: header, `node_count` naj_table_nodes, `buffer_count`
 * naj_table_buffers, `variadic_count` int64_t (views: data buffers of each view field), all in the
 * pre-order of Message.fbs, with the variadic buffers in their place. 8-byte aligned memory of the
 * caller. Buffers hold absolute addresses into the memory given or, when they had to be
 * decompressed or put into native byte order, into the arena; an absent or empty buffer is {0, 0}.
 */
struct naj_decode_target {
  void* table;
  int64_t table_bytes;
  void* arena; /* aligned to 64; may be NULL with arena_bytes 0 */
  int64_t arena_bytes;
};
enum naj_table_kind {
  NAJ_TABLE_BATCH = 1,
  NAJ_TABLE_END = 2,
  NAJ_TABLE_DICTIONARY = 3 /* the values of a dictionary: a batch of naj_schema_dictionary_values */
};
enum naj_table_flags {
  NAJ_TABLE_LEGACY_FRAMING = 1, /* pre-0.15 prefix */
  NAJ_TABLE_EOS_MARKER = 2,     /* with NAJ_TABLE_END: the stream closed itself */
  NAJ_TABLE_DELTA = 4           /* with NAJ_TABLE_DICTIONARY: appended to what the id holds */
};
struct naj_table_header {
  int64_t kind; /* naj_table_kind */
  int64_t flags;
  int64_t needed_bytes; /* NAJ_OK with a batch or dictionary: bytes of table written;
                           NAJ_NEED_INPUT: bytes of the next message that must be present;
                           NAJ_NEED_TABLE: bytes of table; NAJ_NEED_ARENA: bytes of arena */
  int64_t next_offset;  /* in the memory given: where the next message begins */
  int64_t row_count;
  int64_t node_count;
  int64_t buffer_count;
  int64_t variadic_count;
  int64_t message_offset; /* in the memory given */
  int64_t message_bytes;  /* prefix, metadata and padding */
  int64_t body_offset;
  int64_t body_bytes;
  int64_t
      metadata_address; /* custom metadata in the C Data encoding, 0 = none: lies in the table */
  int64_t metadata_bytes;
  int64_t arena_used_bytes;   /* from the start of the arena given */
  int64_t dictionary_id;      /* with NAJ_TABLE_DICTIONARY */
  int64_t dictionary_index;   /* ditto: among naj_schema_dictionary_count */
  int64_t decompressed_bytes; /* what compressed buffers become; with NAJ_NEED_ARENA too */
  int64_t reserved[2];
};
struct naj_table_node {
  int64_t length;
  int64_t null_count; /* -1: the sender did not count */
};
struct naj_table_buffer {
  int64_t address;
  int64_t size_bytes;
};

/* Appends one array to another, as a delta dictionary asks: both tables hold batches of
 * `borrow_schema`, as decoded. The result is a new memory that begins with the table of a batch of
 * that schema, the rows of the first and then those of the second, every buffer in that memory.
 * What offsets, type ids, run ends and views say is checked as it is read. Offsets, run ends or
 * union offsets that would not fit their width any more are NAJ_LIMIT_EXCEEDED. */
naj_status naj_concat(const struct naj_schema* borrow_schema,
                      const struct naj_table_header* borrow_first,
                      const struct naj_table_header* borrow_second, struct naj_memory** out_memory,
                      struct naj_error* error);

/* Whether naj_append does what naj_concat does for batches of this schema: one column of numbers,
 * bools, text or bytes, without views. */
int32_t naj_append_serves(const struct naj_schema* borrow_schema);
/* The table of a batch with one node and at most three buffers. */
#define NAJ_APPEND_TABLE_BYTES                                       \
  (sizeof(struct naj_table_header) + sizeof(struct naj_table_node) + \
   3 * sizeof(struct naj_table_buffer))
/* As naj_concat, but rows that were appended to before stay where they are: appending one by one
 * costs what is appended. `borrow_first` is the table of any batch, `borrow_grown` then NULL, or
 * what the last call filled, and `borrow_grown` the memory that it lies in. Where that has room the
 * rows are put behind and *out_memory is NULL; else *out_memory is a new memory with all rows and
 * room for as many more. Fills `out_table`, of NAJ_APPEND_TABLE_BYTES, whose buffers lie in one or
 * the other. Older tables stay good: their rows do not change, and any thread may read them. Only
 * the table filled last may be appended to. */
naj_status naj_append(const struct naj_schema* borrow_schema,
                      const struct naj_table_header* borrow_first, struct naj_memory* borrow_grown,
                      const struct naj_table_header* borrow_second, void* out_table,
                      struct naj_memory** out_memory, struct naj_error* error);

/* ------------------------------------------------------------------ stream reader */

/* Counts as in pyarrow's ReadStats. */
struct naj_read_stats {
  int64_t num_messages;
  int64_t num_record_batches;
  int64_t num_dictionary_batches;
  int64_t num_dictionary_deltas;
  int64_t num_replaced_dictionaries;
  int64_t ended_without_eos; /* 1: input ended after a whole message */
};

struct naj_stream;

/* A decoder of one stream's messages; it holds no input. */
naj_status naj_stream_open(const struct naj_limits* borrow_limits, struct naj_stream** out_stream,
                           struct naj_error* error);
void naj_stream_close(struct naj_stream* stream);

/* Reads the schema message that begins at `offset` of `borrow_memory`; `available_bytes` from there
 * may be looked at. NAJ_NEED_INPUT: *out_needed_bytes must be present from `offset` on. Messages
 * are given in order, so that error offsets count from the start of the input whatever the memory.
 */
naj_status naj_stream_schema(struct naj_stream* stream, struct naj_memory* borrow_memory,
                             int64_t offset, int64_t available_bytes, int64_t* out_next_offset,
                             int64_t* out_needed_bytes, struct naj_error* error);
/* The schema after naj_stream_schema said NAJ_OK, borrowed. */
struct naj_schema* naj_stream_get_schema(const struct naj_stream* borrow_stream);

/* Decodes the message at `offset`: a record batch, a dictionary batch or the end marker. The
 * table's buffers point into `borrow_memory`; nothing is retained. With `is_last` the bytes given
 * are all there are: an end after a whole message is NAJ_TABLE_END, inside one NAJ_TRUNCATED.
 * NAJ_NEED_INPUT: `needed_bytes` must be present from `next_offset` on, where to call again.
 * NAJ_NEED_TABLE, NAJ_NEED_ARENA: call again at the same offset. After a failure every further call
 * fails alike (but NAJ_MISUSE changes nothing); after the end every further call says so again. A
 * delta of a dictionary that has not come is NAJ_INVALID_DATA. */
naj_status naj_stream_next(struct naj_stream* stream, struct naj_memory* borrow_memory,
                           int64_t offset, int64_t available_bytes, int32_t is_last,
                           const struct naj_decode_target* borrow_target, struct naj_error* error);
/* What of a body has to be there: bytes [start, start + size_bytes) of it. */
struct naj_range {
  int64_t start;
  int64_t size_bytes;
};

/* Says what the selected fields need of the body of the record or dictionary batch at `offset`,
 * whose prefix and metadata are there: at most `capacity` (1 or more) ranges, ascending and apart;
 * those less than a page apart are one. Decoding looks at no other byte of the body. All of it when
 * the metadata is not sound: decoding then says why. NAJ_NEED_INPUT while the metadata is not all
 * there. Changes nothing. */
naj_status naj_stream_ranges(const struct naj_stream* borrow_stream,
                             struct naj_memory* borrow_memory, int64_t offset,
                             int64_t available_bytes, struct naj_range* out_ranges,
                             int64_t capacity, int64_t* out_count, int64_t* out_message_bytes,
                             struct naj_error* error);
void naj_stream_stats(const struct naj_stream* borrow_stream, struct naj_read_stats* out_stats);

/* ------------------------------------------------------------------ file reader */

/* A file's footer, schema and block lists; holds no input. After opening, immutable: any thread. */
struct naj_file;

/* `borrow_tail` ends where the file ends, or, with NAJ_READ_EMBEDDED, not before; its byte 0 is
 * byte `tail_file_offset` of the file. When the footer begins before it: NAJ_NEED_INPUT and the
 * tail size that suffices. Every block is checked against `file_bytes`. */
naj_status naj_file_open(struct naj_memory* borrow_tail, int64_t tail_file_offset,
                         int64_t file_bytes, const struct naj_limits* borrow_limits,
                         struct naj_file** out_file, int64_t* out_needed_bytes,
                         struct naj_error* error);
void naj_file_close(struct naj_file* file);
struct naj_schema* naj_file_get_schema(const struct naj_file* borrow_file);
int64_t naj_file_batch_count(const struct naj_file* borrow_file);
/* Footer key-values in the C Data encoding; valid as long as the file. */
void naj_file_metadata(const struct naj_file* borrow_file, const void** out_metadata,
                       int64_t* out_size_bytes);
naj_status naj_file_block(const struct naj_file* borrow_file, int64_t batch_index,
                          int64_t* out_offset, int64_t* out_metadata_bytes, int64_t* out_body_bytes,
                          struct naj_error* error);
/* Decodes batch `batch_index`. `borrow_memory`'s byte 0 is byte `memory_file_offset` of the file
 * and must cover the block. */
naj_status naj_file_batch(const struct naj_file* borrow_file, int64_t batch_index,
                          struct naj_memory* borrow_memory, int64_t memory_file_offset,
                          const struct naj_decode_target* borrow_target, struct naj_error* error);
/* The dictionary blocks, in the footer's order; the values as in a stream. */
int64_t naj_file_dictionary_count(const struct naj_file* borrow_file);
naj_status naj_file_dictionary_block(const struct naj_file* borrow_file, int64_t block_index,
                                     int64_t* out_offset, int64_t* out_metadata_bytes,
                                     int64_t* out_body_bytes, struct naj_error* error);
naj_status naj_file_dictionary(const struct naj_file* borrow_file, int64_t block_index,
                               struct naj_memory* borrow_memory, int64_t memory_file_offset,
                               const struct naj_decode_target* borrow_target,
                               struct naj_error* error);
/* What the selected fields need of a body, as naj_stream_ranges says it; memory as above, of which
 * only the metadata is looked at. */
naj_status naj_file_batch_ranges(const struct naj_file* borrow_file, int64_t batch_index,
                                 struct naj_memory* borrow_memory, int64_t memory_file_offset,
                                 struct naj_range* out_ranges, int64_t capacity, int64_t* out_count,
                                 struct naj_error* error);
naj_status naj_file_dictionary_ranges(const struct naj_file* borrow_file, int64_t block_index,
                                      struct naj_memory* borrow_memory, int64_t memory_file_offset,
                                      struct naj_range* out_ranges, int64_t capacity,
                                      int64_t* out_count, struct naj_error* error);
/* The row count of batch `batch_index` from its metadata alone; memory as above, body not needed.
 */
naj_status naj_file_batch_rows(const struct naj_file* borrow_file, int64_t batch_index,
                               struct naj_memory* borrow_memory, int64_t memory_file_offset,
                               int64_t* out_row_count, struct naj_error* error);

/* ------------------------------------------------------------------ C Data Interface */

/* An array to export or import, flat: the nodes and buffers of `schema` in pre-order as in a batch
 * table but with an offset for each node and dictionaries after their index node (node of the
 * values, then of their children). Views carry their data buffers and the int64 sizes buffer. */
struct naj_array_node {
  int64_t length;
  int64_t null_count; /* -1: not computed */
  int64_t offset;
  int64_t buffer_count; /* with variadic ones */
};

enum naj_validation {
  /* All that a consumer of the C Data Interface trusts when it reads: sizes, child lengths,
   * offsets, list views, views, type ids, run ends and dictionary indices stay within what they
   * point into. Slots that are null are looked at where the format gives them no freedom (offsets,
   * list views, type ids), not in views and indices. */
  NAJ_VALIDATE_ACCESS = 1,
  /* Also what values mean: UTF-8, declared null counts, decimals within their precision, whole days
   * in date64, times within a day, view prefixes, map entries and keys without nulls. */
  NAJ_VALIDATE_FULL = 2,
  /* With one of these: values of dictionaries are known to be valid, only how many there are is
   * looked at. */
  NAJ_VALIDATE_KNOWN_DICTIONARIES = 4
};

/* Checks `row_count` rows in the form that naj_array_export takes, before a consumer sees them.
 * `level` is of naj_validation. NAJ_INVALID_DATA with path and row for the first defect (fields in
 * pre-order), NAJ_MISUSE when nodes and buffers are not those of the schema. Time is linear in rows
 * and bytes, memory in the fields of the schema. Reads the buffers, changes nothing, any thread. */
naj_status naj_validate(const struct naj_schema* borrow_schema, int64_t row_count,
                        const struct naj_array_node* borrow_nodes, int64_t node_count,
                        const struct naj_table_buffer* borrow_buffers, int64_t buffer_count,
                        int32_t level, struct naj_error* error);

/* Lays out ArrowArray structs for `row_count` rows in one allocation. Each of `memory_count`
 * handles gets one more use, given back when the consumer has released every part. Buffer sizes are
 * checked against lengths, first and last offsets against what they point into (NAJ_INVALID_DATA);
 * offsets between, views, union and dictionary indices are not looked at. */
naj_status naj_array_export(const struct naj_schema* borrow_schema, int64_t row_count,
                            const struct naj_array_node* borrow_nodes, int64_t node_count,
                            const struct naj_table_buffer* borrow_buffers, int64_t buffer_count,
                            struct naj_memory* const* borrow_memories, int64_t memory_count,
                            struct ArrowArray* out_array, struct naj_error* error);

/* Moves `take_array` into a naj_memory that releases it with its last use, after checking it
 * against the schema (lengths, offsets, buffer and child counts; buffer sizes are computed from
 * them). The root's offset is folded into its columns; a root with null rows is NAJ_UNSUPPORTED;
 * zero-length arrays have empty buffers. An array that is refused stays the caller's. Fills
 * `out_nodes`/`out_buffers`; too small a capacity is NAJ_NEED_TABLE with the counts in
 * `*out_node_count`/`*out_buffer_count` and leaves the array the caller's. */
naj_status naj_array_import(const struct naj_schema* borrow_schema, struct ArrowArray* take_array,
                            struct naj_array_node* out_nodes, int64_t node_capacity,
                            int64_t* out_node_count, struct naj_table_buffer* out_buffers,
                            int64_t buffer_capacity, int64_t* out_buffer_count,
                            struct naj_memory** out_memory, struct naj_error* error);

#ifdef __cplusplus
}
#endif

#endif
