"""Counts the reports of -Xcheck:jni in files whose stack names one of our classes.

Usage: jni_warnings.py CLASS_PREFIX FILE...; prints them and exits 1 when there are any.
"""

import re
import sys

REPORT = re.compile(r"WARNING in native method|WARNING: JNI local refs|FATAL ERROR in native method")


def reports(lines):
    block = []
    for line in lines:
        if REPORT.search(line):
            if block:
                yield block
            block = [line]
        elif block and re.search(r"\bat [\w.$/@-]+\(", line):
            block.append(line)
        elif block and len(block) > 1:
            yield block
            block = []
    if block:
        yield block


def main():
    prefix, files = sys.argv[1], sys.argv[2:]
    found = 0
    for file in files:
        with open(file, errors="replace") as f:
            for block in reports(f.read().splitlines()):
                if any(prefix in line for line in block):
                    found += 1
                    print(file)
                    print("\n".join(block[:12]))
    return found > 0


if __name__ == "__main__":
    sys.exit(main())
