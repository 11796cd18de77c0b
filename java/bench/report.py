"""Prints the figures of benchmark runs as Markdown.

python java/bench/report.py RESULT...: files of JMH (.json) and of data/pyarrow_*.py (.jsonl), of one
machine and as near in time as possible. Medians in milliseconds; "vs" columns say how many times as
fast the native engine is, the better of its thread settings against the better of the other's.
"""

import json
import statistics
import sys

READ = ("nativeEngine", "nativeEngineOneThread", "nativeEngineUnmapped", "pureEngine", "arrowJava")
WRITE = ("nativeEngine", "nativeEngineOneThread", "pureEngine", "arrowJava")
NAMES = {
    "nativeEngine": "native",
    "nativeEngineOneThread": "native, 1 thread",
    "nativeEngineUnmapped": "native, unmapped",
    "pureEngine": "pure",
    "arrowJava": "arrow-java",
    "pyarrow": "pyarrow",
    "pyarrowThreads": "pyarrow, threads",
}


def load(paths):
    """{benchmark class: {case: {reader or writer: median}}}"""
    tables = {}
    for path in paths:
        with open(path) as file:
            if path.endswith(".jsonl"):
                pyarrow(tables, [json.loads(line) for line in file])
            else:
                jmh(tables, json.load(file))
    return tables


def jmh(tables, runs):
    for run in runs:
        name, method = run["benchmark"].rsplit(".", 2)[-2:]
        params = run.get("params") or {}
        keys = ("set", "codec", "form", "work") if "form" in params else ("set", "codec", "target")
        case = tuple(params[key].lower() for key in keys if key in params) or tuple(params.values())
        samples = [value for fork in run["primaryMetric"]["rawData"] for value in fork]
        tables.setdefault(name, {}).setdefault(case, {})[method] = statistics.median(samples)


def pyarrow(tables, lines):
    for line in lines:
        name, codec = line["case"].lower().split(".")
        if "form" in line:
            for work, key in (("batches", "batches"), ("sum", "sum")):
                if key in line:
                    cell = tables.setdefault("ReadBenchmark", {}).setdefault(
                        (name, codec, line["form"], work), {}
                    )
                    cell["pyarrow"] = line[key]
                    if f"{key}_threads" in line:
                        cell["pyarrowThreads"] = line[f"{key}_threads"]
        else:
            for target in ("nowhere", "memory", "file"):
                cell = tables.setdefault("WriteBenchmark", {}).setdefault((name, codec, target), {})
                cell["pyarrow"] = line[target]
                if f"{target}_threads" in line:
                    cell["pyarrowThreads"] = line[f"{target}_threads"]


def best(cell, *columns):
    values = [cell[column] for column in columns if column in cell]
    return min(values) if values else None


def ratio(base, ours):
    return f"{base / ours:.2f}x" if base is not None and ours else ""


def table(title, heads, columns, cells):
    cells = {case: cell for case, cell in cells.items() if "nativeEngine" in cell}
    columns = [column for column in columns if any(column in cell for cell in cells.values())]
    print(f"\n### {title}\n")
    print("| " + " | ".join([*heads, *(NAMES.get(c, c) for c in columns), "vs pyarrow", "vs arrow-java"]) + " |")
    print("|" + "---|" * len(heads) + "--:|" * (len(columns) + 2))
    for case, cell in cells.items():
        ours = best(cell, "nativeEngine", "nativeEngineOneThread")
        row = [name.upper() if i == 0 else name for i, name in enumerate(case)]
        row += [f"{cell[column]:.2f}" if column in cell else "" for column in columns]
        row += [ratio(best(cell, "pyarrow", "pyarrowThreads"), ours), ratio(cell.get("arrowJava"), ours)]
        print("| " + " | ".join(row) + " |")


def others(name, cells):
    methods = sorted({method for cell in cells.values() for method in cell})
    print(f"\n### {name}\n")
    print("| case | " + " | ".join(methods) + " |")
    print("|---|" + "--:|" * len(methods))
    for case, cell in cells.items():
        figures = [f"{cell[method]:.3f}" if method in cell else "" for method in methods]
        print("| " + " ".join(case) + " | " + " | ".join(figures) + " |")


def main():
    tables = load(sys.argv[1:] or ["build/bench.json"])
    for name, cells in tables.items():
        if name == "ReadBenchmark":
            heads, columns = ("set", "codec", "form", "work"), (*READ, "pyarrow", "pyarrowThreads")
            table("Reading", heads, columns, cells)
        elif name == "WriteBenchmark":
            heads, columns = ("set", "codec", "target"), (*WRITE, "pyarrow", "pyarrowThreads")
            table("Writing", heads, columns, cells)
        else:
            others(name, cells)


if __name__ == "__main__":
    main()
