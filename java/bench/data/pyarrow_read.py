"""Reads the benchmark's data with pyarrow, memory-mapped: python pyarrow_read.py FOLDER [SET...]

Prints the median of 9 runs in milliseconds: all batches decoded; column 0 of each summed too. One
Python call a batch is in the figures.
"""

import pathlib
import statistics
import sys
import time

import pyarrow as pa
import pyarrow.compute as pc


def batches(path):
    source = pa.memory_map(str(path))
    if path.suffix == ".arrow":
        reader = pa.ipc.open_file(source)
        for i in range(reader.num_record_batches):
            yield reader.get_batch(i)
    else:
        yield from pa.ipc.open_stream(source)


def count(path):
    return sum(batch.num_rows for batch in batches(path))


def add(path):
    return sum(pc.sum(batch.column(0)).as_py() for batch in batches(path))


def median_ms(work, path):
    times = []
    for _ in range(11):
        start = time.perf_counter()
        work(path)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[2:])


def main():
    folder = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:] or ("T", "B", "C"):
        for suffix in (".arrows", ".arrow"):
            path = folder / f"{name}.none{suffix}"
            print(f"{path.name}: batches {median_ms(count, path):.2f} ms, sum {median_ms(add, path):.2f} ms")


if __name__ == "__main__":
    main()
