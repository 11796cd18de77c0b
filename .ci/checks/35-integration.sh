# Our integration JSON is what its generator makes, and pyarrow reads its values from the files made of it.
source .ci/lib.sh
"$TOOLS/bin/python" testdata/integration/generate.py --check || fail "run testdata/integration/generate.py"
code=0
for engine in native pure; do
  "$TOOLS/bin/python" .ci/tools/integration_check.py "$CI_DIR/integration-json" $engine bin/nanoarrow || code=1
done
[ $code -eq 0 ] || fail "files that are not what their JSON says"
