package io.nanoarrow.engine;

import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Schema;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** What an encoder holds in C: the encoder itself and its room. */
final class EncoderState extends NativeState {
  private static final int METADATA_V4 = 3;
  private static final int METADATA_V5 = 4;
  private static final int NO_CODEC = -1;

  /** {@code sizeof(struct naj_write_options)}, and where its fields are. */
  private static final int OPTIONS_BYTES = 48;

  private static final int LEGACY = 4;
  private static final int ALIGNMENT = 8;
  private static final int CODEC = 12;
  private static final int HAS_LEVEL = 16;
  private static final int LEVEL = 20;
  private static final int THREADS = 24;
  private static final int HAS_SAVINGS = 28;
  private static final int SAVINGS = 32;

  private final EncodeRoom room = new EncodeRoom();
  private final long handle;
  private final Map<Long, Integer> dictionaries = new HashMap<>();

  EncoderState(Schema schema, WriteOptions options) {
    super("encoder");
    long schemaHandle = SchemaWriter.toHandle(schema);
    try {
      Scratch scratch = Scratch.get();
      handle = Naj.naj_bind_encoder_open(schemaHandle, write(options), scratch.error);
      if (handle == 0) {
        throw Status.failure(scratch);
      }
      int count = Naj.naj_bind_schema_dictionary_count(schemaHandle);
      for (int i = 0; i < count; i++) {
        dictionaries.put(Naj.naj_bind_schema_dictionary_id(schemaHandle, i), i);
      }
    } catch (Throwable t) {
      room.close();
      throw t;
    } finally {
      Naj.naj_bind_schema_release(schemaHandle);
    }
  }

  static boolean isV4(WriteOptions options) {
    return options.metadataVersion() == MetadataVersion.V4;
  }

  private long write(WriteOptions options) {
    ByteBuffer out = room.arguments(OPTIONS_BYTES);
    Naj.naj_bind_write_options_init(room.argumentsAddress());
    out.putInt(0, isV4(options) ? METADATA_V4 : METADATA_V5);
    out.putInt(LEGACY, options.legacyFormat() ? 1 : 0);
    out.putInt(ALIGNMENT, options.alignmentBytes());
    Compression compression = options.compression();
    out.putInt(CODEC, compression == null ? NO_CODEC : compression.codec().ordinal());
    Integer level = compression == null ? null : compression.level();
    out.putInt(HAS_LEVEL, level == null ? 0 : 1);
    out.putInt(LEVEL, level == null ? 0 : level);
    out.putInt(THREADS, options.useThreads() ? 1 : 0);
    Double savings = options.minSpaceSavings();
    out.putInt(HAS_SAVINGS, savings == null ? 0 : 1);
    out.putDouble(SAVINGS, savings == null ? 0 : savings);
    return room.argumentsAddress();
  }

  /** Returns the {@code naj_encoder}. */
  long handle() {
    return handle;
  }

  EncodeRoom room() {
    return room;
  }

  /**
   * Returns which of the schema's dictionaries has an id.
   *
   * @throws IllegalArgumentException when none has
   */
  int dictionaryIndex(long id) {
    Integer index = dictionaries.get(id);
    if (index == null) {
      throw new IllegalArgumentException("the schema names no dictionary " + id);
    }
    return index;
  }

  @Override
  void free() {
    Naj.naj_bind_encoder_close(handle);
    room.close();
  }
}
