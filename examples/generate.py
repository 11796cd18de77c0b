#!/usr/bin/env python3
"""Writes the files of examples/data and the list of them, examples/data.tsv.

    pip install -r .ci/requirements.txt
    python3 examples/generate.py            # writes
    python3 examples/generate.py --check    # exits 1 when a file is not what this script makes

The bytes depend on nothing but this script and the pinned pyarrow.
"""

import datetime
import decimal
import io
import pathlib
import sys

import pyarrow as pa

PINNED = "26.0.1"
HERE = pathlib.Path(__file__).resolve().parent
UTC = datetime.timezone.utc


def weather():
    """Plain columns with nulls and metadata, in three batches."""
    schema = pa.schema(
        [
            pa.field("station", pa.int32(), nullable=False),
            pa.field("name", pa.utf8()),
            pa.field("time", pa.timestamp("s", tz="UTC")),
            pa.field("celsius", pa.float64(), metadata={"unit": "degree Celsius"}),
            pa.field("raining", pa.bool_()),
        ],
        metadata={"source": "made up", "licence": "CC0"},
    )
    names = ["Aachen", "Bornholm", None, "Çeşme", "Đà Nẵng"]
    start = datetime.datetime(2024, 2, 29, 6, tzinfo=UTC)
    batches = []
    for batch in range(3):
        rows = range(20 * batch, 20 * batch + 20)
        batches.append(
            pa.record_batch(
                [
                    pa.array([1 + i % 5 for i in rows], pa.int32()),
                    pa.array([names[i % 5] for i in rows], pa.utf8()),
                    pa.array([start + datetime.timedelta(hours=i) for i in rows], schema.field("time").type),
                    pa.array([None if i % 7 == 3 else (i * i % 301 - 50) / 10 for i in rows], pa.float64()),
                    pa.array([None if i % 11 == 5 else i % 3 == 0 for i in rows], pa.bool_()),
                ],
                schema=schema,
            )
        )
    return schema, batches


def orders():
    """Lists, structs, maps and fixed-size lists inside of each other."""
    item = pa.struct([("sku", pa.utf8()), ("count", pa.uint16()), ("tags", pa.list_(pa.utf8()))])
    schema = pa.schema(
        [
            pa.field("id", pa.int64(), nullable=False),
            pa.field("items", pa.list_(item)),
            pa.field("address", pa.struct([("street", pa.utf8()), ("zip", pa.binary())])),
            pa.field("labels", pa.map_(pa.utf8(), pa.int32())),
            pa.field("size", pa.list_(pa.float32(), 3)),
        ]
    )
    batches = []
    for batch in range(2):
        rows = []
        for i in range(8 * batch, 8 * batch + 8):
            items = [
                {"sku": f"A-{i}-{k}", "count": k + 1, "tags": None if k == 2 else ["new"] * k}
                for k in range(i % 4)
            ]
            rows.append(
                {
                    "id": 1000 + i,
                    "items": None if i == 5 else items,
                    "address": None if i % 6 == 4 else {"street": f"Road {i}", "zip": bytes([i, 0, 255])},
                    "labels": [(f"k{k}", None if k == 1 else k * i) for k in range(i % 3)],
                    "size": None if i % 5 == 2 else [i / 4, i / 2, float(i)],
                }
            )
        batches.append(pa.RecordBatch.from_pylist(rows, schema=schema))
    return schema, batches


def money():
    """Decimals of all widths, dates, times, durations and intervals."""
    schema = pa.schema(
        [
            ("small", pa.decimal32(9, 2)),
            ("medium", pa.decimal64(18, 4)),
            ("large", pa.decimal128(38, 10)),
            ("huge", pa.decimal256(76, 20)),
            ("day", pa.date32()),
            ("instant", pa.date64()),
            ("opens", pa.time32("ms")),
            ("closes", pa.time64("ns")),
            ("local", pa.timestamp("us")),
            ("zoned", pa.timestamp("ns", tz="Europe/Berlin")),
            ("took", pa.duration("ms")),
            ("period", pa.month_day_nano_interval()),
        ]
    )
    columns = [[] for _ in schema]
    for i in range(10):
        sign = -1 if i % 2 else 1
        values = [
            decimal.Decimal(sign * 1234567) / 100,
            decimal.Decimal(sign * (10**12 + i)) / 10000,
            decimal.Decimal(sign * i).scaleb(-10) + sign * 10**20,
            sign * decimal.Decimal(10) ** 50 + i,
            datetime.date(1969, 12, 27) + datetime.timedelta(days=i),
            datetime.date(2000, 2, 25) + datetime.timedelta(days=i),
            datetime.time(i, 30, 59, 999000),
            datetime.time(23, 59, i, 123456),
            datetime.datetime(1965, 1, 1, i),
            datetime.datetime(2024, 10, 27, 0, 0, tzinfo=UTC) + datetime.timedelta(minutes=30 * i),
            datetime.timedelta(milliseconds=sign * 1500 * i),
            pa.MonthDayNano([i, -i, sign * 10**9]),
        ]
        for column, value in zip(columns, values):
            column.append(None if i == 9 else value)
    with decimal.localcontext(decimal.Context(prec=76)):
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema)]
    return schema, [pa.record_batch(arrays, schema=schema)]


def shapes():
    """A dense and a sparse union with type ids of their own."""
    kinds = pa.array([5, 7, 5, 7, 7, 5], pa.int8())
    radius = pa.array([1.5, None, 3.0], pa.float64())
    label = pa.array(["square", "", "kite"], pa.utf8())
    offsets = pa.array([0, 0, 1, 1, 2, 2], pa.int32())
    dense = pa.UnionArray.from_dense(kinds, offsets, [radius, label], ["radius", "label"], [5, 7])
    six = pa.array([1, 2, None, 4, 5, 6], pa.int32())
    flags = pa.array([True, False, True, None, False, True], pa.bool_())
    sparse = pa.UnionArray.from_sparse(kinds, [six, flags], ["number", "flag"], [5, 7])
    batch = pa.record_batch([dense, sparse], names=["dense", "sparse"])
    return batch.schema, [batch]


def labels():
    """Dictionaries: plain, ordered, inside of a list, with unsigned indices."""
    colour = pa.DictionaryArray.from_arrays(
        pa.array([0, 1, None, 2, 1, 0], pa.int8()), pa.array(["red", "green", "blue"], pa.utf8())
    )
    size = pa.DictionaryArray.from_arrays(
        pa.array([2, 0, 1, 1, None, 2], pa.uint16()), pa.array(["S", "M", "L"], pa.large_utf8()), ordered=True
    )
    inner = pa.DictionaryArray.from_arrays(pa.array([0, 1, 1, 0], pa.int32()), pa.array([10**12, -1], pa.int64()))
    listed = pa.ListArray.from_arrays(pa.array([0, 1, 1, 2, 3, 4, 4], pa.int32()), inner)
    batch = pa.record_batch([colour, size, listed], names=["colour", "size", "listed"])
    return batch.schema, [batch]


def modern():
    """Views, list views and run-end encoded values, which many readers do not know yet."""
    text = pa.array(["short", "a text that does not fit into its view", None, ""], pa.string_view())
    data = pa.array([b"\x00\x01", None, b"thirteen byte", b"x" * 40], pa.binary_view())
    lists = pa.array([[1, 2], None, [], [3]], pa.list_view(pa.int16()))
    runs = pa.RunEndEncodedArray.from_arrays(
        pa.array([1, 3, 4], pa.int32()), pa.array(["a", None, "b"], pa.utf8())
    )
    batch = pa.record_batch([text, data, lists, runs], names=["text", "data", "lists", "runs"])
    return batch.schema, [batch]


def readings():
    """Enough repetition for a codec to have an effect."""
    n = 3000
    batch = pa.record_batch(
        [
            pa.array([i // 16 for i in range(n)], pa.int64()),
            pa.array([None if i % 50 == 0 else (i % 64) / 8 for i in range(n)], pa.float32()),
            pa.array([f"sensor {i % 8}" for i in range(n)], pa.utf8()),
        ],
        names=["tick", "value", "sensor"],
    )
    return batch.schema, [batch]


# name, format, codec, what makes it
FILES = [
    ("weather.arrows", "stream", None, weather),
    ("weather.arrow", "file", None, weather),
    ("orders.arrows", "stream", None, orders),
    ("orders.arrow", "file", None, orders),
    ("money.arrow", "file", None, money),
    ("shapes.arrows", "stream", None, shapes),
    ("labels.arrows", "stream", None, labels),
    ("modern.arrow", "file", None, modern),
    ("readings.lz4.arrow", "file", "lz4", readings),
    ("readings.zstd.arrows", "stream", "zstd", readings),
]


def content(form, codec, make):
    schema, batches = make()
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression=codec)
    new = pa.ipc.new_file if form == "file" else pa.ipc.new_stream
    with new(sink, schema, options=options) as writer:
        for batch in batches:
            batch.validate(full=True)
            writer.write_batch(batch)
    return sink.getvalue()


def main():
    if pa.__version__ != PINNED:
        sys.exit(f"pyarrow {PINNED} is needed, this is {pa.__version__}")
    check = sys.argv[1:] == ["--check"]
    wanted = {}
    lines = ["name\tformat\tcodec\tproducer\twhat it holds"]
    for name, form, codec, make in FILES:
        wanted[HERE / "data" / name] = content(form, codec, make)
        lines.append(f"{name}\t{form}\t{codec or 'none'}\tpyarrow {PINNED}\t{make.__doc__}")
    wanted[HERE / "data.tsv"] = ("\n".join(lines) + "\n").encode()
    extra = sorted(set((HERE / "data").iterdir()) - set(wanted))
    if extra:
        sys.exit(f"not made by this script: {', '.join(p.name for p in extra)}")
    wrong = [p.name for p, b in wanted.items() if not p.exists() or p.read_bytes() != b]
    if check:
        sys.exit(f"not what this script makes: {', '.join(wrong)}" if wrong else 0)
    for path, made in wanted.items():
        path.write_bytes(made)
    print(f"{len(wanted)} files, {len(wrong)} of them changed")


if __name__ == "__main__":
    main()
