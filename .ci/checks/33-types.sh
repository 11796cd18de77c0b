# Every type and feature of the format, written by pyarrow: both engines give its schemas and values.
source .ci/lib.sh
folder=$CI_DIR/types
rm -rf "$folder"
"$TOOLS/bin/python" testdata/types/generate.py "$folder" || fail "testdata/types/generate.py"
code=0
for engine in native pure; do
  "$TOOLS/bin/python" .ci/tools/types_check.py "$folder" $engine bin/nanoarrow || code=1
done
[ $code -eq 0 ] || fail "values or schemas that are not pyarrow's"
