"""Reads the benchmark's data with pyarrow, memory-mapped: python pyarrow_read.py FOLDER [SET.CODEC...]

Prints one JSON object a case: medians in milliseconds of all batches decoded, and of every column of
numbers summed too; without and with pyarrow's threads. One Python call a batch (a column, for sums)
is in the figures.
"""

import json
import pathlib
import statistics
import sys
import time

import pyarrow as pa
import pyarrow.compute as pc


def batches(path, threads):
    options = pa.ipc.IpcReadOptions(use_threads=threads)
    with pa.memory_map(str(path)) as source:
        if path.suffix == ".arrow":
            reader = pa.ipc.open_file(source, options=options)
            for i in range(reader.num_record_batches):
                yield reader.get_batch(i)
        else:
            yield from pa.ipc.open_stream(source, options=options)


def count(path, threads):
    return sum(batch.num_rows for batch in batches(path, threads))


def is_number(kind):
    return pa.types.is_integer(kind) or pa.types.is_floating(kind)


def add(path, threads):
    total = 0
    columns = None
    for batch in batches(path, threads):
        if columns is None:
            columns = [i for i, f in enumerate(batch.schema) if is_number(f.type)]
        for i in columns:
            total += pc.sum(batch.column(i)).as_py() or 0
    return total


def median_ms(work, path, threads):
    times = []
    while len(times) < 4 or (sum(times) < 1500 and len(times) < 9):
        start = time.perf_counter()
        work(path, threads)
        times.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(times[1:]), 3)


def main():
    folder = pathlib.Path(sys.argv[1])
    for case in sys.argv[2:] or [f"{s}.{c}" for s in "ABCD" for c in ("none", "lz4", "zstd")]:
        for suffix, form in ((".arrows", "stream"), (".arrow", "file")):
            path = folder / f"{case}{suffix}"
            result = {"case": case, "form": form, "batches": median_ms(count, path, False)}
            if not case.endswith(".none"):
                result["batches_threads"] = median_ms(count, path, True)
            else:
                result["sum"] = median_ms(add, path, True)
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
