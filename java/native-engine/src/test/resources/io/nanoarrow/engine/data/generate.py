#!/usr/bin/env python3
"""Writes the streams and files beside this script and the list of them, data.tsv: dictionaries and
compressed bodies, which nanoarrow does not write.

    pip install -r .ci/requirements.txt
    python3 generate.py            # writes
    python3 generate.py --check    # exits 1 when a file is not what this script makes
"""

import io
import pathlib
import sys

import pyarrow as pa

PINNED = "26.0.1"
HERE = pathlib.Path(__file__).resolve().parent


def column(indices, values):
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), values)


def growing():
    """40 batches; batch k has k + 1 rows w0 to wk, each dictionary one value longer."""
    for k in range(40):
        words = pa.array([f"w{i}" for i in range(k + 1)])
        yield pa.record_batch([column(list(range(k + 1)), words)], names=["w"])


def replaced():
    """4 batches of b<k>-2, b<k>-1, b<k>-0, null: a new dictionary each."""
    for k in range(4):
        words = pa.array([f"b{k}-{i}" for i in range(3)])
        yield pa.record_batch([column([2, 1, 0, None], words)], names=["w"])


def nested():
    """3 batches; lists of words, lists and words both in dictionaries; batch k begins with n<k>."""
    for k in range(3):
        words = column([0, 1, 0, 2, 1], pa.array([f"n{k}", "x", "y"]))
        lists = pa.ListArray.from_arrays(pa.array([0, 1, 3, 5], pa.int32()), words)
        yield pa.record_batch([column([0, 2, None, 1], lists)], names=["l"])


def shared():
    """50 batches of 40 rows: numbers counting up, and words w0 to w6 again and again."""
    words = pa.array([f"w{i}" for i in range(7)])
    for k in range(50):
        numbers = pa.array(range(40 * k, 40 * k + 40), pa.int64())
        yield pa.record_batch([numbers, column([n.as_py() % 7 for n in numbers], words)], names=["n", "w"])


def large():
    """One batch of 70,000 rows: two columns that compress well, row // 1000 as int64 and double."""
    numbers = pa.array([i // 1000 for i in range(70000)], pa.int64())
    yield pa.record_batch([numbers, numbers.cast(pa.float64())], names=["a", "b"])


FILES = {
    "deltas.arrows": (growing, "stream", None, True),
    "deltas.arrow": (growing, "file", None, True),
    "deltas.lz4.arrow": (growing, "file", "lz4", True),
    "growing.arrows": (growing, "stream", "zstd", False),
    "replaced.arrows": (replaced, "stream", None, False),
    "nested.arrows": (nested, "stream", "lz4", False),
    "shared.arrow": (shared, "file", None, False),
    "shared.lz4.arrow": (shared, "file", "lz4", False),
    "shared.zstd.arrow": (shared, "file", "zstd", False),
    "shared.zstd.arrows": (shared, "stream", "zstd", False),
    "large.lz4.arrows": (large, "stream", "lz4", False),
    "large.zstd.arrow": (large, "file", "zstd", False),
}


def write(make, form, codec, deltas):
    batches = list(make())
    sink = io.BytesIO()
    new = pa.ipc.new_file if form == "file" else pa.ipc.new_stream
    options = pa.ipc.IpcWriteOptions(compression=codec, emit_dictionary_deltas=deltas)
    with new(sink, batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue()


def main():
    if pa.__version__ != PINNED:
        sys.exit(f"pyarrow {PINNED} is pinned, this is {pa.__version__}")
    made = {name: write(*how) for name, how in FILES.items()}
    lines = ["name\tformat\tcodec\tproducer\twhat it holds"]
    for name, (make, form, codec, _) in FILES.items():
        lines.append(f"{name}\t{form}\t{codec or 'none'}\tpyarrow {PINNED}\t{make.__doc__}")
    made["data.tsv"] = ("\n".join(lines) + "\n").encode()
    if sys.argv[1:] == ["--check"]:
        wrong = [n for n, b in made.items() if not (HERE / n).exists() or (HERE / n).read_bytes() != b]
        sys.exit(f"not as generated: {', '.join(wrong)}" if wrong else 0)
    for name, data in made.items():
        (HERE / name).write_bytes(data)


if __name__ == "__main__":
    main()
