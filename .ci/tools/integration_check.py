"""Writes a file of each JSON text of testdata/integration and compares what pyarrow reads of it with
the values that the text was made of.

Usage: integration_check.py WORK ENGINE COMMAND...

Cases that pyarrow has no arrays for are only compared by the command itself. Fails on any difference.
"""

import decimal
import pathlib
import struct
import subprocess
import sys

import pyarrow as pa
import pyarrow.types as is_

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "testdata" / "integration"))
import cases  # noqa: E402

decimal.getcontext().prec = 80


def plain(array):
    """The values of an array in the forms of cases.py."""
    type_ = array.type
    if isinstance(type_, pa.BaseExtensionType):
        return plain(array.storage)
    if is_.is_dictionary(type_):
        values = plain(array.dictionary)
        return [None if i is None else values[i] for i in array.indices.to_pylist()]
    if is_.is_run_end_encoded(type_):
        ends, values = array.run_ends.to_pylist(), plain(array.values)
        return [values[next(i for i, e in enumerate(ends) if e > row)] for row in range(len(array))]
    if is_.is_union(type_):
        codes = list(type_.type_codes)
        children = [plain(array.field(i)) for i in range(len(codes))]
        ids = list(struct.unpack_from(f"{len(array)}b", array.buffers()[1])) if len(array) else []
        if type_.mode == "dense":
            rows = struct.unpack_from(f"<{len(array)}i", array.buffers()[2]) if len(array) else []
        else:
            rows = range(len(array))
        return [(id_, children[codes.index(id_)][row]) for id_, row in zip(ids, rows)]
    if is_.is_map(type_):
        pairs = list(zip(plain(array.keys), plain(array.items)))
        return nested(array, pairs, array.offsets.to_pylist())
    if is_.is_struct(type_):
        columns = [plain(array.field(i)) for i in range(type_.num_fields)]
        return [tuple(c[row] for c in columns) if array[row].is_valid else None for row in range(len(array))]
    if is_.is_fixed_size_list(type_):
        values, size = plain(array.values), type_.list_size
        return [values[row * size : row * size + size] if array[row].is_valid else None for row in range(len(array))]
    if is_.is_list_view(type_) or is_.is_large_list_view(type_):
        values, starts, sizes = plain(array.values), array.offsets.to_pylist(), array.sizes.to_pylist()
        return [values[s : s + n] if array[row].is_valid else None for row, (s, n) in enumerate(zip(starts, sizes))]
    if is_.is_list(type_) or is_.is_large_list(type_):
        return nested(array, plain(array.values), array.offsets.to_pylist())
    return [leaf(type_, scalar) for scalar in array]


def nested(array, values, offsets):
    return [values[offsets[row] : offsets[row + 1]] if array[row].is_valid else None for row in range(len(array))]


def leaf(type_, scalar):
    if not scalar.is_valid:
        return None
    if is_.is_decimal(type_):
        return int(scalar.as_py().scaleb(type_.scale))
    if is_.is_temporal(type_) and not is_.is_interval(type_):
        return scalar.value
    if is_.is_interval(type_):
        return tuple(scalar.as_py())
    return scalar.as_py()


def text(value):
    """Values as text: NaN equals NaN, and -0.0 is not 0.0."""
    return repr(value).replace("'NaN'", "nan").replace("'Infinity'", "inf").replace("'-Infinity'", "-inf")


def single(value):
    return None if value is None else struct.unpack("<f", struct.pack("<f", value))[0]


def expected(field, values):
    if field["type"] == cases.floating("SINGLE"):
        return [single(v) for v in values]
    return values


def check(case, out):
    reader = pa.ipc.open_file(str(out))
    batches = [reader.get_batch(i) for i in range(reader.num_record_batches)]
    wanted_metadata = {m["key"].encode(): m["value"].encode() for m in case.metadata} or None
    if reader.schema.metadata != wanted_metadata:
        yield f"metadata {reader.schema.metadata}"
    if reader.schema.names != [f["name"] for f in case.fields] or len(batches) != len(case.batches):
        yield f"{reader.schema.names}, {len(batches)} batches"
        return
    for i, (batch, columns) in enumerate(zip(batches, case.batches)):
        batch.validate(full=True)
        for field, column, values in zip(case.fields, batch.columns, columns):
            if text(plain(column)) != text(expected(field, values)):
                yield f"batch {i}, {field['name']}: {plain(column)} instead of {values}"


def main():
    work, engine, command = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    work.mkdir(parents=True, exist_ok=True)
    bad = 0
    compared = 0
    for case in cases.all_cases():
        json, out = ROOT / "testdata" / "integration" / f"{case.name}.json", work / f"{case.name}.arrow"
        call = command + ["integration", "--engine", engine, "--json", str(json), "--arrow", str(out), "--mode"]
        for mode in ("JSON_TO_ARROW", "VALIDATE"):
            done = subprocess.run(call + [mode], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                print(f"{case.name}: {mode}: exit {done.returncode}: {done.stderr[-500:]}")
                bad += 1
        if case.pyarrow and out.exists():
            for difference in check(case, out):
                print(f"{case.name}: {difference}"[:500])
                bad += 1
            compared += 1
    print(f"{engine}: {compared} files compared with pyarrow, {bad} differences")
    return bad > 0 or compared == 0


if __name__ == "__main__":
    sys.exit(main())
