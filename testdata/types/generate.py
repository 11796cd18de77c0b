#!/usr/bin/env python3
"""Writes Arrow streams and files of every type and feature of the format, with what pyarrow reads.

    python3 testdata/types/generate.py FOLDER

Each NAME.arrow or NAME.arrows gets a NAME.arrow(s).expected: the schema as JSON, then a line of
JSON for each row, in the forms of expected.py. Nothing here is random.
"""

import json
import pathlib
import sys

import pyarrow as pa

import cases
import expected

PINNED = "26.0.1"
V4 = pa.ipc.MetadataVersion.V4


def variants(case):
    """(suffix, file format, IpcWriteOptions) of each way to write a case."""
    for codec in case.codecs:
        for is_file in (False, True):
            if is_file and case.stream_only:
                continue
            options = dict(case.options)
            if codec:
                options["compression"] = codec
            yield codec or "none", is_file, pa.ipc.IpcWriteOptions(**options)
    if len(case.codecs) < 3:
        return
    yield "v4", False, pa.ipc.IpcWriteOptions(metadata_version=V4, **case.options)
    yield "legacy", False, pa.ipc.IpcWriteOptions(metadata_version=V4, use_legacy_format=True, **case.options)


def write(path, case, is_file, options):
    schema = case.written_schema()
    if is_file:
        writer = pa.ipc.new_file(str(path), schema, options=options, metadata=case.footer)
    else:
        writer = pa.ipc.new_stream(str(path), schema, options=options)
    with writer:
        for batch, metadata in case.batches:
            writer.write_batch(batch, custom_metadata=metadata)


def read(path, is_file):
    with pa.OSFile(str(path)) as source:
        if is_file:
            reader = pa.ipc.open_file(source)
            batches = [reader.get_batch(i) for i in range(reader.num_record_batches)]
            return reader.schema, batches, reader.metadata
        reader = pa.ipc.open_stream(source)
        return reader.schema, list(reader), None


def main():
    if pa.__version__ != PINNED:
        sys.exit(f"pyarrow {PINNED} is needed, this is {pa.__version__}")
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    marker = cases.case("marker", pa.record_batch([pa.array([0])], names=["#marker"]))
    write(folder / "marker", marker, False, None)
    count = 0
    for case in cases.all_cases():
        for suffix, is_file, options in variants(case):
            path = folder / f"{case.name}.{suffix}.{'arrow' if is_file else 'arrows'}"
            write(path, case, is_file, options)
            schema, batches, footer = read(path, is_file)
            # pyarrow reads the children of a map by other names than it wrote.
            assert schema.equals(case.written_schema()), path
            with open(f"{path}.expected", "w", encoding="utf-8") as out:
                json.dump(expected.schema(case.written_schema(), footer), out)
                out.write("\n")
                for batch in batches:
                    for row in expected.rows(batch):
                        json.dump(row, out)
                        out.write("\n")
            count += 1
    print(f"{count} files of {len(list(cases.all_cases()))} types and features")


if __name__ == "__main__":
    main()
