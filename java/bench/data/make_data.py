"""Makes the benchmark's data: python make_data.py FOLDER [SET...]

Each set is written as a stream (.arrows) and as a file (.arrow), uncompressed, lz4 and zstd.
The values are repeatable. Needs pyarrow (requirements.txt) and about 3 GB of disk. Files end up in the
page cache as reading them from disk leaves them there, in large pieces, and not as the many small
writes that made them: mapping costs twice as much then.
"""

import os
import pathlib
import sys

import pyarrow as pa
import pyarrow.compute as pc

SEED = 20260101


class Values:
    """Repeatable columns, made by pyarrow's own kernels: Python's random would take minutes."""

    def __init__(self, seed):
        self.seed = seed

    def unit(self, rows):
        """Doubles in [0, 1)."""
        self.seed += 1
        return pc.random(rows, initializer=self.seed)

    def ints(self, rows, below, kind=pa.int64()):
        return pc.floor(pc.multiply(self.unit(rows), float(below))).cast(kind)

    def decimals(self, rows, spread, digits):
        """Doubles of a few digits, as measurements have them."""
        bell = pc.add(pc.add(self.unit(rows), self.unit(rows)), self.unit(rows))
        return pc.round(pc.multiply(pc.subtract(bell, 1.5), spread), digits)

    def offsets(self, rows, below):
        ends = pc.cumulative_sum(self.ints(rows, below, pa.int32()))
        return pa.concat_arrays([pa.array([0], pa.int32()), ends.cast(pa.int32())])

    def texts(self, rows):
        """Texts of 0 to 24 letters."""
        ends = self.offsets(rows, 25)
        letters = pc.add(self.ints(ends[-1].as_py(), 16, pa.uint8()), pa.scalar(97, pa.uint8()))
        return pa.Array.from_buffers(
            pa.utf8(), rows, [None, ends.buffers()[1], letters.buffers()[1]]
        )


def tall(values):
    """A: 8 columns, 64 Ki rows a batch: what a query engine writes."""
    rows, batches = 65536, 137
    categories = pa.array([f"category {i:04d}" for i in range(1000)])
    steps = pc.subtract(pc.cumulative_sum(pa.repeat(1, rows)), 1)
    for batch in range(batches):
        counter = pc.add(steps, batch * rows)
        micros = pc.add(pc.multiply(counter, 1000), 1_700_000_000_000_000)
        sparse = pc.if_else(pc.less(values.unit(rows), 0.1), None, values.ints(rows, 1 << 40))
        yield pa.record_batch(
            {
                "i64": pc.multiply(counter, 3),
                "f64": values.decimals(rows, 30.0, 2),
                "i32": values.ints(rows, 100_000, pa.int32()),
                "flag": pc.less(values.unit(rows), 0.5),
                "text": values.texts(rows),
                "time": pc.add(micros, values.ints(rows, 1000)).cast(pa.timestamp("us", "UTC")),
                "sparse": sparse,
                "category": pa.DictionaryArray.from_arrays(
                    values.ints(rows, 1000, pa.int32()), categories
                ),
            }
        )


def wide(values):
    """B: 2,000 float64 columns, 100 rows a batch: the cost of a column."""
    columns, rows, batches = 2000, 100, 100
    for _ in range(batches):
        numbers = values.decimals(columns * rows, 2.0, 3)
        yield pa.RecordBatch.from_arrays(
            [numbers.slice(c * rows, rows) for c in range(columns)],
            [f"c{c}" for c in range(columns)],
        )


def many(values):
    """C: 8 columns, 100 rows a batch, 20,000 batches: the cost of a batch."""
    rows, batches = 100, 20000
    whole = rows * batches
    columns = {
        "a": pc.cumulative_sum(pa.repeat(1, whole)),
        "b": values.decimals(whole, 2.0, 3),
        "c": values.ints(whole, 1000, pa.int32()),
        "d": values.unit(whole).cast(pa.float32()),
        "e": values.ints(whole, 1000, pa.int16()),
        "f": values.ints(whole, 100, pa.int8()),
        "g": pc.cumulative_sum(pa.repeat(7, whole)).cast(pa.timestamp("us")),
        "h": values.ints(whole, 1 << 30),
    }
    for batch in range(batches):
        yield pa.record_batch(
            {name: column.slice(batch * rows, rows) for name, column in columns.items()}
        )


def nested(values):
    """D: lists of structs, maps and fixed-size lists, 64 Ki rows a batch."""
    rows, batches = 65536, 20
    for _ in range(batches):
        items = values.offsets(rows, 5)
        count = items[-1].as_py()
        struct = pa.StructArray.from_arrays(
            [values.ints(count, 1 << 40), values.texts(count)], names=["x", "y"]
        )
        entries = values.offsets(rows, 4)
        count = entries[-1].as_py()
        yield pa.record_batch(
            {
                "list": pa.ListArray.from_arrays(items, struct),
                "map": pa.MapArray.from_arrays(
                    entries, values.texts(count), values.ints(count, 1000)
                ),
                "fixed": pa.FixedSizeListArray.from_arrays(values.unit(rows * 4), 4),
            }
        )


def read_back(path):
    """Puts a file into the page cache anew, by reading it."""
    with open(path, "rb", buffering=0) as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while file.read(1 << 22):
            pass


SETS = {"A": tall, "B": wide, "C": many, "D": nested}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or SETS:
        batches = list(SETS[name](Values(SEED)))
        for codec in (None, "lz4", "zstd"):
            options = pa.ipc.IpcWriteOptions(compression=codec)
            for suffix, new in ((".arrows", pa.ipc.new_stream), (".arrow", pa.ipc.new_file)):
                path = folder / f"{name}.{codec or 'none'}{suffix}"
                with new(str(path), batches[0].schema, options=options) as writer:
                    for batch in batches:
                        writer.write_batch(batch)
                read_back(path)
                print(f"{path.name}: {len(batches)} batches, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
