"""Counts the verdicts of "nanoarrow crosscheck --json" and fails on what no engine may do.

Usage: crosscheck_report.py FILE_COUNT [--identical] < LINES

Fails when a file has no verdict (a crash ends the process early), and on a difference unless one
engine does not support the input: then the other alone read or refused it. With --identical every
file must be read by all with the same result.
"""

import collections
import json
import sys


def is_gap(line):
    """Whether an engine that says UNSUPPORTED is all there is to the difference."""
    parts = {difference["part"] for difference in line["differences"]}
    return parts == {"outcome"} and any(
        participant["status"] == "refused" and participant["kind"] == "UNSUPPORTED"
        for participant in line["participants"]
    )


def main():
    expected = int(sys.argv[1])
    must_be_identical = "--identical" in sys.argv[2:]
    verdicts = collections.Counter()
    bad = []
    for text in sys.stdin:
        line = json.loads(text)
        verdict = line["verdict"]
        if verdict == "different" and is_gap(line):
            verdict = "supported by one engine only"
        verdicts[verdict] += 1
        if verdict == "different" or (must_be_identical and verdict != "identical"):
            bad.append(line)
    for line in bad:
        print(f"{line['file']}: {line['verdict']}")
        for participant in line["participants"]:
            print("  ", {key: participant[key] for key in ("id", "status", "kind", "detail") if key in participant})
        for difference in line["differences"][:5]:
            print("  ", difference)
    total = sum(verdicts.values())
    print(f"{total} files: " + ", ".join(f"{n} {verdict}" for verdict, n in sorted(verdicts.items())))
    if total != expected:
        print(f"{expected - total} files have no verdict")
    return bool(bad) or total != expected or total == 0


if __name__ == "__main__":
    sys.exit(main())
