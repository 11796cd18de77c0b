#!/usr/bin/env python3
"""Writes testdata/tensors: tensor messages of Arrow C++, and what Arrow C++ reads of them.

    pip install -r .ci/requirements.txt
    python3 testdata/tensors/regenerate.py            # writes
    python3 testdata/tensors/regenerate.py --check    # exits 1 when a file is not what this makes

pyarrow's Python reads and writes dense tensors only; arrow_tensors.cc is compiled against the
headers and library of its wheel. tensors.tsv has a line for each file: its name, and the kind, type,
dimensions and values that Arrow C++ reads.
"""

import pathlib
import subprocess
import sys
import tempfile

import pyarrow as pa

PINNED = "26.0.1"
FOLDER = pathlib.Path(__file__).resolve().parent


def compile_reader(target):
    """Compiles arrow_tensors.cc to `target`."""
    wheel = pathlib.Path(pa.__file__).parent
    library = next(wheel.glob("libarrow.so.*"))
    subprocess.run(
        ["g++", "-std=c++20", "-O0", "-w", f"-I{pa.get_include()}", FOLDER / "arrow_tensors.cc", "-o", target,
         f"-L{wheel}", f"-l:{library.name}", f"-Wl,-rpath,{wheel}"], check=True)


def read(program, files):
    """The lines that Arrow C++ prints of the files."""
    done = subprocess.run([program, "read", *files], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"arrow_tensors: exit {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout.splitlines()


def main():
    if pa.__version__ != PINNED:
        sys.exit(f"pyarrow {PINNED} is needed, this is {pa.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = folder / "arrow_tensors"
        compile_reader(program)
        made = folder / "made"
        made.mkdir()
        subprocess.run([program, "write", made], check=True)
        names = sorted(path.name for path in made.iterdir())
        lines = read(program, [made / name for name in names])
        content = {name: (made / name).read_bytes() for name in names}
        content["tensors.tsv"] = "".join(f"{n}\t{line}\n" for n, line in zip(names, lines)).encode()
    different = [n for n, data in content.items() if not (FOLDER / n).exists() or (FOLDER / n).read_bytes() != data]
    stray = {path.name for path in FOLDER.glob("*.tensor")} - set(content)
    if "--check" in sys.argv:
        sys.exit(f"not what the generator makes: {different} {sorted(stray)}" if different or stray else 0)
    for name, data in content.items():
        (FOLDER / name).write_bytes(data)
    print(f"{len(content)} files")


if __name__ == "__main__":
    main()
