"""Converts files with "nanoarrow convert" and compares what pyarrow reads of both.

Usage: write_check.py WORK ENGINE CODECS COMMAND -- FILE...

Each file is written as a stream and as a file, with each codec of CODECS ("none,lz4,zstd"). Schema,
metadata of schema, fields, batches and footer, and values must be equal; what is valid must stay
valid. So must rows and schema when they are divided into other batches. A stream whose dictionaries are replaced must be refused as a file, unless they are unified.
Fails on any difference.
"""

import collections
import json
import pathlib
import shutil
import subprocess
import sys

import pyarrow as pa

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "testdata" / "types"))
import expected  # noqa: E402

SHOWN = 40
ENDINGS = {"file": ".arrow", "stream": ".arrows"}

Content = collections.namedtuple("Content", "schema batches metadata footer replaced is_file")


def pairs(metadata):
    return sorted((metadata or {}).items())


def read(path):
    with open(path, "rb") as head:
        is_file = head.read(6) == b"ARROW1"
    with pa.OSFile(str(path)) as source:
        if is_file:
            reader = pa.ipc.open_file(source)
            found = [reader.get_batch_with_custom_metadata(i) for i in range(reader.num_record_batches)]
            footer, replaced = reader.metadata, 0
        else:
            reader = pa.ipc.open_stream(source)
            found = list(reader.iter_batches_with_custom_metadata())
            footer, replaced = None, reader.stats.num_replaced_dictionaries
        return Content(reader.schema, [each.batch for each in found],
                       [pairs(each.custom_metadata) for each in found], pairs(footer), replaced, is_file)


def is_valid(batch):
    try:
        batch.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def same_values(wanted, found):
    if wanted.equals(found):
        return True
    # NaN is not equal to itself, and dictionaries may have grown.
    return [json.dumps(row) for row in expected.rows(wanted)] == [json.dumps(row) for row in expected.rows(found)]


def differences(wanted, found):
    if not wanted.schema.equals(found.schema, check_metadata=True):
        yield f"schema: {found.schema.to_string()} instead of {wanted.schema.to_string()}"
        return
    if [b.num_rows for b in wanted.batches] != [b.num_rows for b in found.batches]:
        yield f"rows of batches: {[b.num_rows for b in found.batches]} instead of {[b.num_rows for b in wanted.batches]}"
        return
    if wanted.metadata != found.metadata:
        yield f"metadata of batches: {found.metadata} instead of {wanted.metadata}"
    if found.is_file and wanted.is_file and wanted.footer != found.footer:
        yield f"footer: {found.footer} instead of {wanted.footer}"
    for i, (a, b) in enumerate(zip(wanted.batches, found.batches)):
        if is_valid(a) and not is_valid(b):
            yield f"batch {i} is not valid"
        elif not same_values(a, b):
            yield f"batch {i}: other values"


def same_rows(wanted, found):
    """As same_values. Tables first: pyarrow has no Python class for arrays of some intervals."""
    if pa.Table.from_batches(wanted.batches, wanted.schema).equals(pa.Table.from_batches(found.batches, found.schema)):
        return True
    return rows(wanted.batches) == rows(found.batches)


def rows(batches):
    return [json.dumps(row) for batch in batches for row in expected.rows(batch)]


def differences_when_divided(wanted, found):
    """Like differences, but rows may lie in other batches."""
    if not wanted.schema.equals(found.schema, check_metadata=True):
        yield f"schema: {found.schema.to_string()} instead of {wanted.schema.to_string()}"
    elif not same_rows(wanted, found):
        yield "other rows"
    elif all(map(is_valid, wanted.batches)) and not all(map(is_valid, found.batches)):
        yield "not valid"


def convert(command, engine, options, folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    call = command + ["convert", "--engine", engine, "--out-dir", str(folder)] + options + [str(f) for f in files]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"exit {done.returncode}: {done.stderr[-2000:]}")
    refused = {}
    for line in done.stderr.splitlines():
        for file in files:
            if line.startswith(f"nanoarrow: {file}: "):
                refused[file] = line
    return refused, done.returncode


def compare(wanted, out, differ=differences):
    """None when equal, else what differs."""
    try:
        found = list(differ(wanted, read(out)))
    except (pa.ArrowException, OSError) as e:
        found = [f"pyarrow: {e}"]
    return found or None


def by_folder_and_ending(files):
    """Groups in which no two names have one stem."""
    groups = collections.defaultdict(list)
    for file in files:
        groups[(file.parent, file.suffix)].append(file)
    return groups.values()


def check(command, engine, work, options, target, originals, may_refuse, bad, differ=differences):
    """Returns the files that were equal and those that were refused."""
    equal, refusals = [], []
    for files in by_folder_and_ending(originals):
        refused, code = convert(command, engine, ["--to", target] + options, work, files)
        left = {f.name for f in work.iterdir()}
        for file in files:
            out = work / (file.stem + ENDINGS[target])
            left.discard(out.name)
            is_replaced = may_refuse and originals[file].replaced and file in refused
            if is_replaced and "is replaced" in refused[file] and not out.exists() and code == 1:
                refusals.append(file)
                continue
            found = [refused[file]] if file in refused else compare(originals[file], out, differ)
            bad[file.name] += [f"{engine} {target} {' '.join(options)}: {text}" for text in found or []]
            if not found:
                equal.append(file)
        if left:
            bad["(all)"].append(f"{engine} {target} {' '.join(options)}: left behind {sorted(left)}")
    return equal, refusals


def main():
    split = sys.argv.index("--")
    work, engine, codecs = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3].split(",")
    command, files = sys.argv[4:split], [pathlib.Path(f) for f in sys.argv[split + 1:]]
    originals, unread = {}, 0
    for file in files:
        try:
            originals[file] = read(file)
        except (pa.ArrowException, OSError) as e:
            unread += 1
            print(f"{file.name}: not read by pyarrow: {str(e)[:100]}")
    bad, equal, replaced = collections.defaultdict(list), 0, set()
    for codec in codecs:
        for target in ENDINGS:
            options = ["--compression", codec]
            found, refused = check(command, engine, work, options, target, originals, target == "file", bad)
            equal += len(found)
            replaced.update(refused)
    divided = ["--batch-rows", "3", "--unify-dictionaries"]
    for target in ENDINGS:
        found, _ = check(command, engine, work, divided, target, originals, False, bad, differences_when_divided)
        equal += len(found)
    if replaced:
        unified = {file: originals[file] for file in sorted(replaced)}
        equal += len(check(command, engine, work, ["--unify-dictionaries"], "file", unified, False, bad)[0])
    bad = {name: texts for name, texts in bad.items() if texts}
    for name, texts in list(bad.items())[:SHOWN]:
        print(f"{name}: {len(texts)} differences")
        for text in texts[:3]:
            print("  ", text[:500])
    shutil.rmtree(work, ignore_errors=True)
    print(f"{engine}: {len(originals)} files, {equal} outputs equal, {len(replaced)} refused as files and unified, "
          f"{len(bad)} files with differences, {unread} not read by pyarrow")
    return bool(bad) or not equal or bool(unread)


if __name__ == "__main__":
    sys.exit(main())
