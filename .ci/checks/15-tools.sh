# The pinned tools of the checks: clang-format, and pyarrow, which reads back what we write.
source .ci/lib.sh
python3 --version
if ! python3 -m venv "$TOOLS" 2> /dev/null; then
  # Debian's python3 without python3-venv: pip alone will do.
  rm -rf "$TOOLS"
  python3 -m pip install --quiet --disable-pip-version-check --break-system-packages \
    --require-hashes --only-binary :all: --target "$TOOLS/packages" -r .ci/requirements.txt ||
    fail "pip install"
  mkdir -p "$TOOLS/bin"
  printf '#!/bin/sh\nPYTHONPATH="%s" exec python3 "$@"\n' "$TOOLS/packages" > "$TOOLS/bin/python"
  cp "$TOOLS/packages/bin/clang-format" "$TOOLS/bin/"
  chmod +x "$TOOLS/bin/python"
else
  "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    --only-binary :all: -r .ci/requirements.txt || fail "pip install"
fi
PYTHONPATH="$TOOLS/packages" "$TOOLS/bin/clang-format" --version || fail "clang-format"
"$TOOLS/bin/python" -c 'import pyarrow; print("pyarrow", pyarrow.__version__)' || fail "pyarrow"
