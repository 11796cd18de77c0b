# docs/support-matrix.md is what the runs say: every cell from reading and writing files with every participant.
source .ci/lib.sh
[ -n "${ARROW_TESTING_DIR:-}" ] || absent "the corpus beside the checkout or ARROW_TESTING_DIR"
types=$CI_DIR/types
java/interop/crosscheck examples/data/orders.arrow > /dev/null || fail "java/interop/crosscheck does not run"
export NANOARROW_REBUILD=never
[ -d "$types" ] || "$TOOLS/bin/python" testdata/types/generate.py "$types" || fail "testdata/types/generate.py"
"$TOOLS/bin/python" .ci/tools/support_matrix.py "$types" "$ARROW_TESTING_DIR/integration" "$CI_DIR/matrix" \
  "$CI_DIR/support-matrix.md" || fail ".ci/tools/support_matrix.py"
diff -u docs/support-matrix.md "$CI_DIR/support-matrix.md" ||
  fail "docs/support-matrix.md is not what the runs say: copy build/ci/support-matrix.md when that is right"
