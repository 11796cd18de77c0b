#!/usr/bin/env python3
"""Writes testdata/crosscheck: input that nanoarrow 0.9.0 crashes on, refuses or gets wrong.

    pip install -r .ci/requirements.txt
    python3 testdata/regenerate.py            # writes
    python3 testdata/regenerate.py --check    # exits 1 when a file is not what this script makes
"""

import io
import pathlib
import struct
import sys

import pyarrow as pa

PINNED = "26.0.1"
FOLDER = pathlib.Path(__file__).resolve().parent / "crosscheck"


def stream(schema, batches, file=False, **options):
    sink = io.BytesIO()
    new = pa.ipc.new_file if file else pa.ipc.new_stream
    with new(sink, schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return bytearray(sink.getvalue())


def one(array, **options):
    batch = pa.record_batch([array], names=["x"])
    return stream(batch.schema, [batch], **options)


def dictionary(values):
    return pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.int8()), values)


def two_dictionaries(first, second, **options):
    """Two batches whose dictionaries differ: a delta or a replacement, as the options say."""
    batches = [pa.record_batch([dictionary(pa.array(v))], names=["x"]) for v in (first, second)]
    return stream(batches[0].schema, batches, **options)


def nested(depth):
    kind = pa.int32()
    value = [1, 2]
    for _ in range(depth):
        kind = pa.list_(kind)
        value = [value]
    return one(pa.array([value[0]], kind))


class Table:
    """A flatbuffers table inside of bytes, enough of it to take fields away."""

    def __init__(self, data, at):
        self.data, self.at = data, at

    @staticmethod
    def message(data):
        start = 8  # behind continuation marker and size
        return Table(data, start + struct.unpack_from("<I", data, start)[0])

    def entry(self, field):
        return self.at - struct.unpack_from("<i", self.data, self.at)[0] + 4 + 2 * field

    def place(self, field):
        return self.at + struct.unpack_from("<H", self.data, self.entry(field))[0]

    def follow(self, place):
        return Table(self.data, place + struct.unpack_from("<I", self.data, place)[0])

    def table(self, field):
        return self.follow(self.place(field))

    def first(self, field):
        """The first table of a vector."""
        vector = self.table(field).at
        return self.follow(vector + 4)

    def remove(self, field):
        struct.pack_into("<H", self.data, self.entry(field), 0)


SCHEMA, FIELDS, DICTIONARY, INDEX_TYPE, METADATA, VALUE = 2, 1, 4, 1, 2, 1


def no_index_type():
    data = one(pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["a", "b"]), ordered=True))
    Table.message(data).table(SCHEMA).first(FIELDS).table(DICTIONARY).remove(INDEX_TYPE)
    return data


def no_metadata_value():
    schema = pa.schema([("x", pa.int32())], metadata={"key": "value"})
    data = stream(schema, [pa.record_batch([pa.array([1], pa.int32())], schema=schema)])
    Table.message(data).table(SCHEMA).first(METADATA).remove(VALUE)
    return data


def nul_in_metadata():
    schema = pa.schema([pa.field("x", pa.int32(), metadata={b"k": b"a\0b"})])
    return stream(schema, [pa.record_batch([pa.array([1], pa.int32())], schema=schema)])


def union_dictionary():
    kinds = pa.array([0, 1], pa.int8())
    values = pa.UnionArray.from_sparse(kinds, [pa.array([1, 2]), pa.array(["a", "b"])])
    return one(dictionary(values))


def gaps_in_file():
    """A file with bytes between its messages, which only the footer leads around."""
    data = one(pa.array([1, 2, 3], pa.int32()), file=True)
    footer_size = struct.unpack_from("<i", data, len(data) - 10)[0]
    footer_at = len(data) - 10 - footer_size
    footer = Table(data, footer_at + struct.unpack_from("<I", data, footer_at)[0])
    blocks = footer.table(3).at
    offset, meta, _, body = struct.unpack_from("<qiiq", data, blocks + 4)
    message = data[offset : offset + meta + body]
    struct.pack_into("<q", data, blocks + 4, offset + 64)
    return data[:offset] + bytes(64) + message + data[offset + meta + body :]


FILES = {
    "views.arrows": lambda: one(pa.array(["a", "longer than a view can hold"], pa.string_view())),
    "list-views.arrows": lambda: one(pa.array([[1], [2, 3]], pa.list_view(pa.int32()))),
    "runs.arrows": lambda: one(pa.RunEndEncodedArray.from_arrays([1, 3], ["a", "b"])),
    "width-0.arrows": lambda: one(pa.array([b"", None], pa.binary(0))),
    "delta.arrows": lambda: two_dictionaries(["a", "b"], ["a", "b", "c"], emit_dictionary_deltas=True),
    "replacement.arrows": lambda: two_dictionaries(["a", "b"], ["c", "d"]),
    "compressed-dictionary.arrows": lambda: one(dictionary(pa.array(["a" * 99, "b" * 99])), compression="zstd"),
    "union-dictionary.arrows": union_dictionary,
    "nul-in-metadata.arrows": nul_in_metadata,
    "no-index-type.arrows": no_index_type,
    "no-metadata-value.arrows": no_metadata_value,
    "deep.arrows": lambda: nested(50),
    "gaps.arrow": gaps_in_file,
}


def main():
    if pa.__version__ != PINNED:
        sys.exit(f"pyarrow {PINNED} is needed, this is {pa.__version__}")
    wanted = {FOLDER / name: bytes(make()) for name, make in FILES.items()}
    wrong = [p.name for p, b in wanted.items() if not p.exists() or p.read_bytes() != b]
    wrong += sorted(p.name for p in set(FOLDER.iterdir()) - set(wanted))
    if sys.argv[1:] == ["--check"]:
        sys.exit(f"not what this script makes: {', '.join(wrong)}" if wrong else 0)
    for path, made in wanted.items():
        path.write_bytes(made)
    print(f"{len(wanted)} files, {len(wrong)} of them changed")


if __name__ == "__main__":
    main()
