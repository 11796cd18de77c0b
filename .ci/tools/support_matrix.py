"""Writes docs/support-matrix.md: who reads and who writes which feature of the format, from runs.

Usage: support_matrix.py TYPES CORPUS WORK OUT

TYPES is what testdata/types/generate.py wrote, CORPUS the folder of the integration files. Reading: the cross-check with
all participants decodes every file and compares them. Writing: each engine converts every file, arrow-java writes what
it read, and pyarrow compares what it reads of the result with what it reads of the original.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import write_check  # noqa: E402

FILES_A_RUN = 400
ENGINES = ("native", "pure")
READERS = ("native", "pure", "nanoarrow", "arrow-java")
COLUMNS = ("native", "pure", "nanoarrow", "arrow-java", "pyarrow")
PLAIN = r"\.none\.arrows?"
FILE = r"\.none\.arrow"

# Sections of (feature, pattern of the names of its files).
SECTIONS = [
    ("Types", [
        ("null", "type-null" + PLAIN),
        ("bool", "type-bool" + PLAIN),
        ("integers of 8 to 64 bits, signed and unsigned", "type-u?int\\d+" + PLAIN),
        ("half float", "type-half" + PLAIN),
        ("float, double", "type-(float|double)" + PLAIN),
        ("decimal32, decimal64", "type-decimal(32|64)(-negative-scale)?" + PLAIN),
        ("decimal128, decimal256", "type-decimal(128|256)(-negative-scale)?" + PLAIN),
        ("date32, date64", "type-date\\d+" + PLAIN),
        ("time32, time64", "type-time-.*" + PLAIN),
        ("timestamp, with and without zone", "type-timestamp-.*" + PLAIN),
        ("duration", "type-duration-.*" + PLAIN),
        ("interval: month-day-nano", "type-interval-.*" + PLAIN),
        ("utf8, binary", "type-(string|binary)" + PLAIN),
        ("large utf8, large binary", "type-large_(string|binary)" + PLAIN),
        ("utf8 view, binary view", "(type-(string|binary)_view.*|view-many-buffers)" + PLAIN),
        ("fixed-size binary", "type-fixed-size-binary" + PLAIN),
        ("fixed-size binary of width 0", "type-fixed-size-binary-0" + PLAIN),
    ]),
    ("Nested types, each around each of the others", [
        ("list", "(deep-list-of-.*|list-own-name|deep-20-lists)" + FILE),
        ("large list", "deep-large-list-of-.*" + FILE),
        ("list view", "deep-list-view-of-.*" + FILE),
        ("large list view", "deep-large-list-view-of-.*" + FILE),
        ("fixed-size list", "(deep-fixed-size-list-of-.*|fixed-size-list-0)" + FILE),
        ("struct", "(deep-struct-of-.*|empty-struct)" + FILE),
        ("map", "(deep-map-of-.*|map-.*)" + FILE),
        ("sparse union", "deep-sparse-union-of-.*" + FILE),
        ("dense union", "(deep-dense-union-of-.*|union-odd-codes)" + FILE),
        ("run-end encoded", "(deep-run-ends-.*|run-ends-long)" + FILE),
    ]),
    ("Dictionaries", [
        ("any index type, ordered or not", "dictionary-u?int.*" + PLAIN),
        ("nested in lists and structs, all null", "dictionary-(nested|of|all).*" + PLAIN),
        ("of any nested type", "deep-dictionary-of-.*" + FILE),
        ("deltas, stream", "delta-.*\\.none\\.arrows"),
        ("deltas, file", "delta-.*\\.none\\.arrow"),
        ("replacement, stream", "replacement-.*\\.none\\.arrows"),
        ("shared by fields", "4\\.0\\.0-shareddict/.*"),
    ]),
    ("Containers and encodings", [
        ("LZ4 frame", "type-.*\\.lz4\\.arrow"),
        ("Zstandard", "type-.*\\.zstd\\.arrows"),
        ("LZ4, dictionaries", "(dictionary|delta)-.*\\.lz4\\.arrows"),
        ("metadata V4, stream", "type-.*\\.v4\\.arrows"),
        ("framing from before 0.15", "type-.*\\.legacy\\.arrows"),
        ("metadata V4, nested types", "in-u?int\\d+\\.v4\\.arrows"),
        ("big-endian", "1\\.0\\.0-bigendian/.*"),
        ("files of 0.14.1 and 0.17.1", "0\\.1[47]\\.1/.*"),
        ("files of 1.0.0", "1\\.0\\.0-littleendian/.*"),
        ("compressed files of 2.0.0", "2\\.0\\.0-compression/.*"),
    ]),
    ("Else", [
        ("metadata of schema, fields, batches, footer; NUL bytes in it", "metadata" + PLAIN),
        ("extension types", "extension-.*" + PLAIN),
        ("duplicate, empty and odd names", "names-.*" + PLAIN),
        ("no columns, no batches", "no-(columns|batches)" + PLAIN),
        ("many rows, columns, batches; slices", "(many-.*|sliced)" + PLAIN),
    ]),
]

HEAD = """\
# What is read and written

Made by `.ci/tools/support_matrix.py`; `.ci/checks/36-support-matrix.sh` compares this page with what it makes. Every cell
is from a run over the files of `testdata/types` (written by pyarrow) and of the Arrow project's integration corpus. What
stands behind the words: [support.md](support.md).

**read**: the cross-check decodes each file with every participant and compares schema, metadata and every buffer.
**write**: an engine converts each file (arrow-java writes what it read), and pyarrow reads the same values from the result
as from the original. `yes`: all files of the row; `no`: none; `2 of 6`: so many. `nanoarrow` is the decoder of nanoarrow 0.9.0
that `io.nanoarrow.c` binds, behind a C Data import; its encoder is not part of these runs. `-`: not run.
"""


def names(root, corpus):
    """{name: path} of all files that a row asks for."""
    rows = [re.compile(pattern) for _, section in SECTIONS for _, pattern in section]
    found = {}
    for path in sorted(root.iterdir()):
        if path.suffix in (".arrow", ".arrows") and any(r.fullmatch(path.name) for r in rows):
            found[path.name] = path
    for path in sorted(corpus.glob("*/*")):
        name = f"{path.parent.name}/{path.name}"
        if path.suffix in (".arrow_file", ".stream") and any(r.fullmatch(name) for r in rows):
            found[name] = path
    return found


def parts(paths):
    paths = list(paths)
    return [paths[i : i + FILES_A_RUN] for i in range(0, len(paths), FILES_A_RUN)]


def reading(files):
    """{(participant, name): (ok, reason)}."""
    by_path = {str(path): name for name, path in files.items()}
    cells = {}
    for some in parts(files.values()):
        command = ["java/interop/crosscheck", "--json", "--decode-only", "--all"] + [str(p) for p in some]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1, 3):
            sys.exit(f"exit {done.returncode}: {done.stderr[-2000:]}")
        for line in done.stdout.splitlines():
            report = json.loads(line)
            name = by_path[report["file"]]
            differing = {id_ for d in report["differences"] for id_ in list(d["values"])[1:]}
            for participant in report["participants"]:
                id_ = participant["id"]
                ok = participant["status"] == "read" and id_ not in differing
                cells[id_, name] = (ok, participant["detail"] or ("differs" if not ok else ""))
    return cells


def writing(files, work):
    """{(participant, name): (ok, reason)}."""
    cells, originals = {}, {}
    for name, path in files.items():
        try:
            content = write_check.read(path)
            for batch in content.batches:
                batch.columns  # pyarrow has no arrays for some types
            originals[name] = content
        except (write_check.pa.ArrowException, OSError, NotImplementedError, KeyError) as e:
            cells["pyarrow", name] = (False, str(e).splitlines()[0])
    readable = {name: files[name] for name in originals}
    for name in originals:
        cells["pyarrow", name] = (True, "")
    for engine in ENGINES:
        for target in write_check.ENDINGS:
            wanted = {n: p for n, p in readable.items() if originals[n].is_file == (target == "file")}
            folder = work / engine
            for group in write_check.by_folder_and_ending(wanted.values()):
                refused, _ = write_check.convert(["bin/nanoarrow"], engine, ["--to", target], folder, group)
                for name, path in wanted.items():
                    if path in group:
                        out = folder / (path.stem + write_check.ENDINGS[target])
                        cells[engine, name] = outcome(originals[name], out, refused.get(path))
    for group in write_check.by_folder_and_ending(readable.values()):
        folder = work / "arrow-java" / group[0].parent.name
        for some in parts(group):
            command = ["java/interop/crosscheck", "--main", "io.nanoarrow.interop.ArrowJavaRewrite", str(folder)]
            done = subprocess.run(command + [str(p) for p in some], capture_output=True, text=True, check=False)
            reasons = dict(line.split(": ", 1) for line in done.stderr.splitlines() if ": " in line)
            for name, path in readable.items():
                if path in some:
                    cells["arrow-java", name] = outcome(originals[name], folder / path.name, reasons.get(str(path)))
    return cells


def outcome(original, out, refused):
    if refused or not out.exists():
        return False, refused or "nothing written"
    try:
        found = write_check.compare(original, out)
    except (OverflowError, ValueError, KeyError) as e:  # values that differ and that Python cannot even show
        found = [f"other values: {e}"]
    return not found, found[0] if found else ""


def cell(cells, participant, matching):
    known = [cells[participant, name][0] for name in matching if (participant, name) in cells]
    if not known:
        return "-"
    good = sum(known)
    return "yes" if good == len(known) else "no" if not good else f"{good} of {len(known)}"


def page(files, reads, writes):
    lines = [HEAD]
    lines.append("| | " + " | ".join(f"{c} {verb}" for c in COLUMNS for verb in verbs(c)) + " |")
    lines.append("|---|" + ":-:|" * sum(len(verbs(c)) for c in COLUMNS))
    for section, rows in SECTIONS:
        lines.append(f"| **{section}** |" + " |" * sum(len(verbs(c)) for c in COLUMNS))
        for feature, pattern in rows:
            matching = [name for name in files if re.fullmatch(pattern, name)]
            if not matching:
                sys.exit(f"no file for {feature}")
            cells = []
            for column in COLUMNS:
                source = writes if column == "pyarrow" else reads
                cells.append(cell(source, column, matching))
                if "write" in verbs(column):
                    cells.append(cell(writes, column, own(matching) if column == "pyarrow" else matching))
            lines.append(f"| {feature} | " + " | ".join(cells) + " |")
    lines.append("")
    lines.append("## Why not")
    lines.append("")
    lines.append("What the cross-check says of files that a participant is known to refuse or get wrong, and how often:")
    lines.append("")
    reasons = collections.Counter()
    for (participant, _), (ok, reason) in reads.items():
        if not ok:
            for text in reason.split(", first: ")[0].split("; "):
                reasons[participant, re.sub(r"[\d.]+ (bytes|rows)", "N \\1", text)] += 1
    for (participant, reason), count in sorted(reasons.items()):
        lines.append(f"- {participant}: {reason[:160]} ({count})")
    return "\n".join(lines) + "\n"


def verbs(column):
    return ("read",) if column == "nanoarrow" else ("read", "write")


def own(matching):
    """What pyarrow wrote itself: not the corpus."""
    return [name for name in matching if "/" not in name]


def main():
    types, corpus, work, out = map(pathlib.Path, sys.argv[1:5])
    files = names(types, corpus)
    reads = reading(files)
    writes = writing(files, work)
    out.write_text(page(files, reads, writes), encoding="utf-8")
    bad = [(id_, name, reason) for (id_, name), (ok, reason) in {**reads}.items() if id_ in ENGINES and not ok]
    bad += [(id_, name, reason) for (id_, name), (ok, reason) in writes.items() if id_ in ENGINES and not ok]
    for id_, name, reason in bad[:20]:
        print(f"{id_} {name}: {reason[:300]}")
    print(f"{len(files)} files")


if __name__ == "__main__":
    main()
