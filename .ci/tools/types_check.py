"""Compares what "nanoarrow cat" and "schema" say of the files of testdata/types with pyarrow's view.

Usage: types_check.py FOLDER ENGINE COMMAND...

The files are read by one process. Before each one a marker is read, a file of one row, so that the
rows of a file that fails half way are not taken for those of the next. Fails on any difference.
"""

import collections
import decimal
import json
import pathlib
import re
import struct
import subprocess
import sys

SHOWN = 40
DURATION = re.compile(r"(-)?PT(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:\.(\d+))?S)?$")
INTERVAL = re.compile(r"P(?:(-?\d+)M)?(?:(-?\d+)D)?(?:T(-?\d+(?:\.\d+)?)S)?$")


class Pairs(list):
    """A JSON object whose names may repeat."""


def parse(line):
    return json.loads(line, object_pairs_hook=Pairs, parse_float=decimal.Decimal)


def run(command, files):
    done = subprocess.run(command + [str(f) for f in files], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"exit {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout.splitlines(), done.stderr.splitlines()


def same_float(width, wanted, found):
    wanted, found = float(wanted), float(found)
    if wanted != wanted or found != found:
        return wanted != wanted and found != found
    code = {2: "<e", 4: "<f", 8: "<d"}[width]
    return struct.pack(code, wanted) == struct.pack(code, found)


def nanos(text):
    match = DURATION.match(text)
    if not match:
        return None
    _, hours, minutes, sign, seconds, part = match.groups()
    small = int(seconds or 0) * 10**9 + int((part or "").ljust(9, "0"))
    return int(hours or 0) * 3600 * 10**9 + int(minutes or 0) * 60 * 10**9 + (-small if sign else small)


def interval(text):
    match = INTERVAL.match(text)
    months, days, seconds = match.groups() if match else (None,) * 3
    return [int(months or 0), int(days or 0), int(decimal.Decimal(seconds or 0).scaleb(9))]


def same_struct(wanted, found):
    if not isinstance(found, Pairs) or len(found) != len(wanted):
        return False
    return all(same(value, there) and there_name.split("#")[0] == name.split("#")[0]
               for (name, value), (there_name, there) in zip(wanted, found))


def same(wanted, found):
    if isinstance(wanted, Pairs):
        ((kind, value),) = wanted
        if kind == "struct":
            return same_struct(value, found)
        if found is None or isinstance(found, (list, bool)):
            return False
        if kind == "float":
            return same_float(value[0], value[1], found)
        if kind == "decimal":
            return decimal.Decimal(value) == decimal.Decimal(found)
        return value == (nanos(found) if kind == "nanos" else interval(found))
    if isinstance(wanted, list):
        return (isinstance(found, list) and not isinstance(found, Pairs) and len(wanted) == len(found)
                and all(map(same, wanted, found)))
    return type(wanted) is type(found) and wanted == found


def by_marker(lines):
    """The lines after each marker."""
    parts = []
    for line in lines:
        if line == '{"#marker":0}':
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def names_of_pairs(pairs):
    return sorted([dict(p).get("key"), dict(p).get("value")] for p in pairs)


def field_text(field, depth=0):
    """A field of either side in one form."""
    f = dict(field)
    encoded = dict(f["dictionary"]) if "dictionary" in f else None
    if encoded:
        encoded = (encoded["indexType"], encoded["ordered"])
    metadata = f["metadata"]
    if metadata and isinstance(metadata[0], Pairs):
        metadata = names_of_pairs(metadata)
    lines = [f"{'  ' * depth}{f['name']!r}: {f['type']} nullable={f['nullable']} {encoded} {metadata}"]
    for child in f["children"]:
        lines += field_text(child, depth + 1)
    return lines


def schema_differences(wanted, found):
    wanted, found = dict(wanted), dict(found)
    ours = [line for field in found["fields"] for line in field_text(field)]
    theirs = [line for field in wanted["fields"] for line in field_text(field)]
    for key in ("metadata", "footerMetadata"):
        ours.append(f"{key} {names_of_pairs(found.get(key, []))}")
        theirs.append(f"{key} {wanted[key]}")
    return [f"{a} instead of {b}" for a, b in zip(ours + [""] * len(theirs), theirs + [""] * len(ours)) if a != b]


def row_differences(wanted, found):
    out = []
    if len(wanted) != len(found):
        out.append(f"{len(found)} rows instead of {len(wanted)}")
    for i, (w, f) in enumerate(zip(wanted, found)):
        if not same_struct(parse(w), parse(f)):
            out.append(f"row {i}: {f[:300]} instead of {w[:300]}")
    return out


def main():
    folder, engine, command = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    marker = folder / "marker"
    files = sorted(f for f in folder.iterdir() if f.suffix in (".arrow", ".arrows"))
    expected = [pathlib.Path(f"{f}.expected").read_text(encoding="utf-8").splitlines() for f in files]
    with_markers = [each for f in files for each in (marker, f)]
    schemas, errors = run(command + ["schema", "--json", "--engine", engine], files)
    lines, more = run(command + ["cat", "--format", "json", "--engine", engine], with_markers)
    by_name = {dict(s)["file"]: s for s in map(parse, schemas)}
    bad, rows = collections.defaultdict(list), 0
    for text in errors + more:
        bad["errors"].append(text)
    parts = by_marker(lines)
    if len(parts) != len(files):
        bad["errors"].append(f"{len(parts)} files instead of {len(files)}")
    for file, wanted, found in zip(files, expected, parts):
        rows += len(found)
        schema = by_name.get(str(file))
        bad[file.name] += ["no schema"] if schema is None else schema_differences(parse(wanted[0]), schema)
        bad[file.name] += row_differences(wanted[1:], found)
    bad = {name: texts for name, texts in bad.items() if texts}
    for name, texts in list(bad.items())[:SHOWN]:
        print(f"{name}: {len(texts)} differences")
        for text in texts[:3]:
            print("  ", text)
    print(f"{engine}: {len(files)} files, {rows} rows, {len(bad)} with differences")
    return bool(bad) or not files or not rows


if __name__ == "__main__":
    sys.exit(main())
