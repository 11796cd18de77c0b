"""Makes the benchmark's data: python make_data.py FOLDER [SET...]

Each set is written as a stream (.arrows) and as a file (.arrow), uncompressed, lz4 and zstd.
The values are repeatable. Needs pyarrow (requirements.txt) and about 1 GB of disk.
"""

import pathlib
import random
import sys

import pyarrow as pa

SEED = 20260101


def tall(rng):
    """T: 7 columns, 64 Ki rows a batch: what a query engine writes."""
    rows, batches = 65536, 40
    words = [f"{w}-{rng.randrange(10**6):06d}" for w in ("north", "south", "east", "west") for _ in range(500)]
    start = 1_700_000_000_000_000
    for _ in range(batches):
        yield pa.record_batch(
            {
                "i64": pa.array([rng.getrandbits(40) for _ in range(rows)], pa.int64()),
                "f64": pa.array([rng.gauss(0, 1) for _ in range(rows)], pa.float64()),
                "i32": pa.array([rng.getrandbits(20) for _ in range(rows)], pa.int32()),
                "flag": pa.array([rng.random() < 0.5 for _ in range(rows)], pa.bool_()),
                "text": pa.array(rng.choices(words, k=rows), pa.utf8()),
                "time": pa.array([start + 1000 * i for i in range(rows)], pa.timestamp("us", "UTC")),
                "sparse": pa.array([None if rng.random() < 0.1 else i for i in range(rows)], pa.int64()),
            }
        )


def wide(rng):
    """B: 2,000 float64 columns, 100 rows a batch: the cost of a column."""
    columns, rows, batches = 2000, 100, 100
    values = pa.array([rng.gauss(0, 1) for _ in range(columns + rows)], pa.float64())
    for batch in range(batches):
        shift = batch % rows
        yield pa.RecordBatch.from_arrays(
            [values.slice((c + shift) % columns, rows) for c in range(columns)],
            [f"c{c}" for c in range(columns)],
        )


def many(rng):
    """C: 8 columns, 100 rows a batch, 20,000 batches: the cost of a batch."""
    rows, batches = 100, 20000
    longs = pa.array([rng.getrandbits(40) for _ in range(batches + rows)], pa.int64())
    doubles = pa.array([rng.gauss(0, 1) for _ in range(batches + rows)], pa.float64())
    small = pa.array([rng.randrange(100) for _ in range(batches + rows)], pa.int8())
    columns = {
        "a": longs,
        "b": doubles,
        "c": small.cast(pa.int32()),
        "d": doubles.cast(pa.float32()),
        "e": small.cast(pa.int16()),
        "f": small,
        "g": longs.cast(pa.timestamp("us")),
        "h": longs,
    }
    for batch in range(batches):
        yield pa.record_batch({name: values.slice(batch, rows) for name, values in columns.items()})


SETS = {"T": tall, "B": wide, "C": many}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or SETS:
        batches = list(SETS[name](random.Random(SEED)))
        for codec in (None, "lz4", "zstd"):
            options = pa.ipc.IpcWriteOptions(compression=codec)
            for suffix, new in ((".arrows", pa.ipc.new_stream), (".arrow", pa.ipc.new_file)):
                path = folder / f"{name}.{codec or 'none'}{suffix}"
                with new(str(path), batches[0].schema, options=options) as writer:
                    for batch in batches:
                        writer.write_batch(batch)
                print(f"{path.name}: {len(batches)} batches, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
