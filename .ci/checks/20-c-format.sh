# Our C and the C++ of the bindings are formatted by the pinned clang-format.
source .ci/lib.sh
mapfile -t files < <(git ls-files '*.c' '*.h' '*.cc' '*.cpp' '*.hpp')
[ ${#files[@]} -gt 0 ] || fail "no C file"
PYTHONPATH="$TOOLS/packages" "$TOOLS/bin/clang-format" --dry-run -Werror "${files[@]}" ||
  fail "run: build/venv/bin/clang-format -i FILE..."
echo "${#files[@]} files"
