#!/usr/bin/env python3
"""Writes the streams and files that the differential test damages: every type pyarrow writes.

    pip install -r .ci/requirements.txt
    python3 testdata/differential/regenerate.py            # writes
    python3 testdata/differential/regenerate.py --check    # exits 1 when a file is not what it makes
"""

import datetime
import decimal
import io
import pathlib
import sys

import pyarrow as pa

PINNED = "26.0.1"
FOLDER = pathlib.Path(__file__).resolve().parent
LONG = "longer than a view can hold"


def union(mode):
    kinds = pa.array([5, 7, 5], pa.int8())
    children = [pa.array([1, 2, 3], pa.int32()), pa.array(["a", "b", "c"])]
    if mode == "sparse":
        return pa.UnionArray.from_sparse(kinds, children, ["i", "s"], [5, 7])
    return pa.UnionArray.from_dense(kinds, pa.array([0, 1, 2], pa.int32()), children, ["i", "s"], [5, 7])


def groups():
    number = [1, None, 3]
    moment = datetime.datetime(2020, 2, 29, 12, 30)
    money = [decimal.Decimal("1.23"), None, decimal.Decimal("-4.56")]
    words = ["ab", None, LONG]
    lists = [[1, 2], None, [3]]
    entries = [[("k", 1)], None, [("l", None)]]
    integers = [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
    yield "numbers", [pa.array(number, t) for t in integers + ["float16", "float32", "float64"]]
    yield "simple", [pa.nulls(3), pa.array([True, None, False])]
    widths = [pa.decimal32(9, 2), pa.decimal64(18, 2), pa.decimal128(38, 2), pa.decimal256(76, 2)]
    yield "decimals", [pa.array(money, t) for t in widths]
    units = [pa.date32(), pa.date64(), pa.time32("s"), pa.time64("ns"), pa.duration("ms")]
    yield "times", [
        *(pa.array(number, pa.int32() if t.bit_width == 32 else pa.int64()).view(t) for t in units),
        pa.array([moment, None, moment], pa.timestamp("us", "Europe/Oslo")),
        pa.array([pa.MonthDayNano([1, 2, 3]), None, pa.MonthDayNano([4, 5, 6])]),
    ]
    texts = [pa.utf8(), pa.large_utf8(), pa.binary(), pa.large_binary()]
    yield "texts", [pa.array(words, t) for t in texts] + [pa.array([b"abc", None, b"def"], pa.binary(3))]
    yield "views", [pa.array(words, t) for t in (pa.string_view(), pa.binary_view())]
    kinds = [pa.list_, pa.large_list, pa.list_view, pa.large_list_view]
    yield "lists", [pa.array(lists, k(pa.int16())) for k in kinds]
    yield "nested", [
        pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int8(), 2)),
        pa.array([{"x": 1, "y": "a"}, None, {"x": None, "y": "b"}]),
        pa.array(entries, pa.map_(pa.utf8(), pa.int32())),
        pa.array([[["a"], []], None, [[LONG]]], pa.list_(pa.list_(pa.utf8()))),
    ]
    yield "unions", [union("sparse"), union("dense")]
    ends = [pa.array([1, 3], t) for t in (pa.int16(), pa.int32(), pa.int64())]
    yield "runs", [pa.RunEndEncodedArray.from_arrays(e, pa.array(["a", None])) for e in ends]
    indices = pa.array([1, None, 0], pa.int8())
    inner = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.uint16()), pa.array(["x", "y"]))
    yield "dictionaries", [
        pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b"])),
        pa.DictionaryArray.from_arrays(indices, pa.array([[1], [2, 3]])),
        pa.ListArray.from_arrays(pa.array([0, 1, 1, 3], pa.int32()), inner),
    ]


def write(columns, file, codec, version):
    fields = [pa.field(f"c{i}", c.type, metadata={"k": f"v{i}"}) for i, c in enumerate(columns)]
    schema = pa.schema(fields, metadata={"name": "value"})
    batch = pa.record_batch(columns, schema=schema)
    options = pa.ipc.IpcWriteOptions(compression=codec, metadata_version=version)
    sink = io.BytesIO()
    with (pa.ipc.new_file if file else pa.ipc.new_stream)(sink, schema, options=options) as writer:
        writer.write_batch(batch)
        writer.write_batch(batch.slice(1, 2), custom_metadata={"batch": "2"})
    return sink.getvalue()


def deltas():
    values = ["a", "b", "c", "d"]
    batches = [
        pa.record_batch(
            [pa.DictionaryArray.from_arrays(pa.array([0, n - 1], pa.int32()), pa.array(values[:n]))], ["d"]
        )
        for n in (1, 2, 4)
    ]
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
    with pa.ipc.new_stream(sink, batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue()


def files():
    yield "deltas.arrows", deltas()
    codecs = [None, "lz4", "zstd"]
    for i, (name, columns) in enumerate(groups()):
        yield f"{name}.arrows", write(columns, False, None, pa.ipc.MetadataVersion.V5)
        yield f"{name}.arrow", write(columns, True, codecs[i % 3], pa.ipc.MetadataVersion.V5)
        codec = codecs[1 + i % 2]
        yield f"{name}.{codec}.arrows", write(columns, False, codec, pa.ipc.MetadataVersion.V5)
        yield f"{name}.v4.arrows", write(columns, False, None, pa.ipc.MetadataVersion.V4)


def main():
    if pa.__version__ != PINNED:
        sys.exit(f"pyarrow {PINNED} is needed, this is {pa.__version__}")
    wanted = {FOLDER / name: made for name, made in files()}
    wrong = [p.name for p, b in wanted.items() if not p.exists() or p.read_bytes() != b]
    if sys.argv[1:] == ["--check"]:
        sys.exit(f"not what this script makes: {', '.join(wrong)}" if wrong else 0)
    for path, made in wanted.items():
        path.write_bytes(made)
    print(f"{len(wanted)} files, {len(wrong)} of them changed")


if __name__ == "__main__":
    main()
