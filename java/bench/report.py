"""Prints the figures of a benchmark run as Markdown: python java/bench/report.py [build/bench.json]

Medians in milliseconds, and how many times faster than arrow-java in the same run.
"""

import json
import statistics
import sys

COLUMNS = ("nativeEngine", "nativeEngineUnmapped", "pureEngine", "arrowJava")


def main():
    with open(sys.argv[1] if len(sys.argv) > 1 else "build/bench.json") as f:
        runs = json.load(f)
    table = {}
    for run in runs:
        params = run["params"]
        key = (params["set"], params["form"], params["work"])
        samples = [value for fork in run["primaryMetric"]["rawData"] for value in fork]
        table.setdefault(key, {})[run["benchmark"].rsplit(".", 1)[1]] = statistics.median(samples)
    settings = runs[0]
    print(
        f"JMH {settings['jmhVersion']}, JDK {settings['jdkVersion']}, {settings['forks']} fork, "
        f"{settings['warmupIterations']} x {settings['warmupTime']} warm-up, "
        f"{settings['measurementIterations']} x {settings['measurementTime']}\n"
    )
    print("| set | form | work | native | native, unmapped | pure | arrow-java |")
    print("|---|---|---|--:|--:|--:|--:|")
    for (name, form, work), values in table.items():
        base = values.get("arrowJava")
        cells = []
        for column in COLUMNS:
            value = values.get(column)
            if value is None:
                cells.append("")
            elif column == "arrowJava" or base is None:
                cells.append(f"{value:.2f}")
            else:
                cells.append(f"{value:.2f} ({base / value:.1f}x)")
        print(f"| {name} | {form} | {work.lower()} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
