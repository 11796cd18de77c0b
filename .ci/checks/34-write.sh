# pyarrow reads what both engines write: every type and feature, and real files, converted to both
# formats with each codec.
source .ci/lib.sh
files=("$CI_DIR"/types/*.arrow "$CI_DIR"/types/*.arrows)
[ ${#files[@]} -gt 100 ] || fail "33-types has not run"
if [ -n "${ARROW_TESTING_DIR:-}" ]; then
  corpus_files integration
  files+=("${FILES[@]}")
else
  echo "LEFT OUT: real files, without ARROW_TESTING_DIR"
fi
code=0
for engine in native pure; do
  "$TOOLS/bin/python" .ci/tools/write_check.py "$CI_DIR/written" $engine none,lz4,zstd \
    bin/nanoarrow -- "${files[@]}" || code=1
done
[ $code -eq 0 ] || fail "pyarrow does not read what was written"
