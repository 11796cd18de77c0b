"""Arrow C++ reads the tensors that an engine writes as it reads its own.

Usage: tensor_check.py WORK COMMAND... -- ENGINE...

COMMAND (java and its options) runs examples/Tensors.java, which writes the files of testdata/tensors
anew. Arrow C++, by arrow_tensors.cc, must read each as tensors.tsv says; dense ones also by
pyarrow.ipc.read_tensor, whose sparse counterpart does not exist in Python.
"""

import pathlib
import shutil
import subprocess
import sys

import pyarrow as pa

ROOT = pathlib.Path(__file__).resolve().parents[2]
TENSORS = ROOT / "testdata" / "tensors"
sys.path.insert(0, str(TENSORS))
import regenerate  # noqa: E402


def python_differences(path):
    with pa.memory_map(str(path)) as source, pa.memory_map(str(TENSORS / path.name)) as golden:
        found, wanted = pa.ipc.read_tensor(source), pa.ipc.read_tensor(golden)
        # pyarrow 26 crashes when it compares tensors without dimensions.
        if wanted.ndim > 0 and not found.equals(wanted):
            yield f"{path}: pa.ipc.read_tensor finds another tensor"
        if list(found.dim_names) != list(wanted.dim_names):
            yield f"{path}: pa.ipc.read_tensor finds the names {found.dim_names}"


def main(arguments):
    split = arguments.index("--")
    work, command, engines = pathlib.Path(arguments[0]), arguments[1:split], arguments[split + 1:]
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    program = work / "arrow_tensors"
    regenerate.compile_reader(program)
    wanted = dict(line.split("\t") for line in (TENSORS / "tensors.tsv").read_text().splitlines())
    files = [TENSORS / name for name in wanted]
    wrong = []
    for engine in engines:
        subprocess.run([*command, ROOT / "examples" / "Tensors.java", work / engine, engine, *files], check=True)
        for name, line in zip(wanted, regenerate.read(program, [work / engine / name for name in wanted])):
            if line != wanted[name]:
                wrong.append(f"{engine} {name}: {line} instead of {wanted[name]}")
            if name.startswith("dense"):
                wrong.extend(python_differences(work / engine / name))
        print(f"{engine}: {len(wanted)} tensors read by Arrow C++")
    print("\n".join(wrong))
    return 1 if wrong or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
