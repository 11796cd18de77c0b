#!/usr/bin/env python3
"""Writes testdata/integration: Arrow's integration JSON of the cases in cases.py.

    python3 testdata/integration/generate.py            # writes
    python3 testdata/integration/generate.py --check    # exits 1 when a file is not what this makes
"""

import json
import pathlib
import sys

import cases

FOLDER = pathlib.Path(__file__).resolve().parent
DATA_BYTES = 48  # of a data buffer of views, so that there are several
ROWS_WITHOUT_COLUMNS = 3


class Encoder:
    """Rows as FieldData."""

    def __init__(self, dictionaries):
        self.dictionaries = {id_: values for id_, _, values in dictionaries}

    def column(self, field, rows, name=None):
        made = {"name": field["name"] if name is None else name, "count": len(rows)}
        type_ = field["type"]
        kind = type_["name"]
        if "dictionary" in field:
            values = self.dictionaries[field["dictionary"]["id"]]
            type_ = field["dictionary"]["indexType"]
            return made | validity(rows) | {"DATA": [scalar(type_, 0 if r is None else values.index(r)) for r in rows]}
        if kind == "null":
            return made
        if kind == "union":
            return made | self.union(field, rows)
        if kind == "runendencoded":
            return made | self.runs(field, rows)
        made |= validity(rows)
        if kind in ("list", "largelist", "map"):
            return made | self.list(field, rows)
        if kind in ("listview", "largelistview"):
            return made | self.list_view(field, rows)
        if kind == "fixedsizelist":
            item = field["children"][0]
            flat = [v for r in rows for v in (r if r is not None else [filler(item)] * type_["listSize"])]
            return made | {"children": [self.column(item, flat)]}
        if kind == "struct":
            children = [
                self.column(c, [filler(c) if r is None else r[i] for r in rows]) for i, c in enumerate(field["children"])
            ]
            return made | ({"children": children} if children else {})
        if kind in ("utf8view", "binaryview"):
            return made | views(kind, rows)
        if kind in ("utf8", "largeutf8", "binary", "largebinary"):
            made["OFFSET"] = offsets(kind, [len(encoded(r)) for r in rows])
        return made | {"DATA": [scalar(type_, r) for r in rows]}

    def list(self, field, rows):
        item = field["children"][0]
        flat = [v for r in rows for v in (r or [])]
        sizes = [len(r or []) for r in rows]
        return {"OFFSET": offsets(field["type"]["name"], sizes), "children": [self.column(item, flat)]}

    def list_view(self, field, rows):
        """The last list comes first."""
        flat, starts = [], []
        for row in reversed(rows):
            starts.insert(0, len(flat))
            flat += row or []
        wide = str if field["type"]["name"].startswith("large") else int
        sizes = [wide(len(r or [])) for r in rows]
        return {"OFFSET": [wide(s) for s in starts], "SIZE": sizes, "children": [self.column(field["children"][0], flat)]}

    def union(self, field, rows):
        made = {"TYPE_ID": [id_ for id_, _ in rows]}
        children = []
        ids = field["type"]["typeIds"]
        if field["type"]["mode"] == "DENSE":
            counts = dict.fromkeys(ids, 0)
            made["OFFSET"] = []
            for id_, _ in rows:
                made["OFFSET"].append(counts[id_])
                counts[id_] += 1
        for id_, child in zip(ids, field["children"]):
            if field["type"]["mode"] == "DENSE":
                values = [v for i, v in rows if i == id_]
            else:
                values = [v if i == id_ else filler(child) for i, v in rows]
            children.append(self.column(child, values))
        return made | {"children": children}

    def runs(self, field, rows):
        ends, values = [], []
        for i, row in enumerate(rows):
            if values and values[-1] == row:
                ends[-1] = i + 1
            else:
                ends.append(i + 1)
                values.append(row)
        return {"children": [self.column(f, v) for f, v in zip(field["children"], (ends, values))]}


def validity(rows):
    return {"VALIDITY": [0 if r is None else 1 for r in rows]}


def filler(field):
    """What stands where no row looks."""
    if field["nullable"]:
        return None
    return {"utf8": "", "int": 0}[field["type"]["name"]]


def offsets(kind, sizes):
    made = [0]
    for size in sizes:
        made.append(made[-1] + size)
    return [str(o) for o in made] if kind.startswith("large") else made


def encoded(row):
    return b"" if row is None else row.encode() if isinstance(row, str) else row


def scalar(type_, row):
    kind = type_["name"]
    if "utf8" in kind:
        return row or ""
    if kind == "fixedsizebinary":
        return (row if row is not None else b"\0" * type_["byteWidth"]).hex().upper()
    if "binary" in kind:
        return encoded(row).hex().upper()
    if kind == "interval" and type_["unit"] != "YEAR_MONTH":
        names = ("days", "milliseconds") if type_["unit"] == "DAY_TIME" else ("months", "days", "nanoseconds")
        return dict(zip(names, row or (0, 0, 0)))
    if kind == "bool":
        return bool(row)
    if kind == "floatingpoint":
        return 0.0 if row is None else row
    row = row or 0
    wide = type_.get("bitWidth") == 64 or kind in ("decimal", "timestamp", "duration") or type_.get("unit") == "MILLISECOND" and kind == "date"
    return str(row) if wide else row


def views(kind, rows):
    made, buffers = [], []
    for row in rows:
        bytes_ = encoded(row)
        if len(bytes_) <= 12:
            inlined = bytes_.decode() if kind == "utf8view" else bytes_.hex().upper()
            made.append({"SIZE": len(bytes_), "INLINED": inlined})
            continue
        if not buffers or len(buffers[-1]) + len(bytes_) > DATA_BYTES:
            buffers.append(b"")
        made.append({"SIZE": len(bytes_), "PREFIX_HEX": bytes_[:4].hex().upper(), "BUFFER_INDEX": len(buffers) - 1, "OFFSET": len(buffers[-1])})
        buffers[-1] += bytes_
    return {"VIEWS": made, "VARIADIC_DATA_BUFFERS": [b.hex().upper() for b in buffers]}


def lines(name, elements, indent):
    """An array with an element a line."""
    inner = ",\n".join(" " * (indent + 2) + json.dumps(e, ensure_ascii=False) for e in elements)
    return f'{" " * indent}"{name}": [' + (f"\n{inner}\n{' ' * indent}" if elements else "") + "]"


def batch(encoder, fields, columns):
    rows = len(columns[0]) if columns else ROWS_WITHOUT_COLUMNS
    made = [encoder.column(f, c) for f, c in zip(fields, columns)]
    return f'    {{"count": {rows},\n' + lines("columns", made, 5) + "}"


def text(case):
    encoder = Encoder(case.dictionaries)
    metadata = f',\n    "metadata": {json.dumps(case.metadata)}' if case.metadata else ""
    parts = [f'  "schema": {{\n{lines("fields", case.fields, 4)}{metadata}\n  }}']
    if case.dictionaries:
        made = []
        for id_, field, values in case.dictionaries:
            plain = {k: v for k, v in field.items() if k != "dictionary"}
            column = encoder.column(plain, values, f"DICT{id_}")
            made.append({"id": id_, "data": {"count": len(values), "columns": [column]}})
        parts.append(lines("dictionaries", made, 2))
    batches = ",\n".join(batch(encoder, case.fields, columns) for columns in case.batches)
    parts.append('  "batches": [' + (f"\n{batches}\n  " if batches else "") + "]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    wrong = 0
    for case in cases.all_cases():
        path = FOLDER / f"{case.name}.json"
        if "--check" not in sys.argv:
            path.write_text(text(case), encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text(case):
            print(f"{path.name} is not what its generator makes")
            wrong += 1
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
