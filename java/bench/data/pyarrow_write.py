"""Writes the benchmark's data with pyarrow: python pyarrow_write.py FOLDER OUT_FOLDER [SET.CODEC...]

Prints one JSON object a case: medians in milliseconds of a stream written nowhere, to memory that
has been written before, and to a file; without and with pyarrow's threads.
"""

import json
import pathlib
import statistics
import sys
import time

import pyarrow as pa


def sink_of(target, memory, path):
    if target == "nowhere":
        return pa.MockOutputStream()
    if target == "memory":
        return pa.FixedSizeBufferWriter(memory)
    return pa.OSFile(str(path), "wb")


def write(batches, codec, threads, target, memory, path):
    options = pa.ipc.IpcWriteOptions(compression=None if codec == "none" else codec, use_threads=threads)
    with sink_of(target, memory, path) as sink:
        with pa.ipc.new_stream(sink, batches[0].schema, options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)


def median_ms(*arguments):
    times = []
    while len(times) < 4 or (sum(times) < 1500 and len(times) < 9):
        start = time.perf_counter()
        write(*arguments)
        times.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(times[1:]), 3)


def main():
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    path = out / "pyarrow-bench.arrows"
    for case in sys.argv[3:] or [f"{s}.{c}" for s in "ABCD" for c in ("none", "lz4", "zstd")]:
        name, codec = case.split(".")
        source = folder / f"{name}.none.arrows"
        with pa.memory_map(str(source)) as mapped:
            batches = list(pa.ipc.open_stream(mapped))
            memory = pa.allocate_buffer(source.stat().st_size * 5 // 4)
            result = {"case": case}
            for target in ("nowhere", "memory", "file"):
                result[target] = median_ms(batches, codec, False, target, memory, path)
                if codec != "none":
                    result[f"{target}_threads"] = median_ms(batches, codec, True, target, memory, path)
            print(json.dumps(result), flush=True)
            del batches
    path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
