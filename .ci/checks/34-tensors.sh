# Arrow C++ and pyarrow read the tensors that both engines write, and the golden ones are theirs.
source .ci/lib.sh
command -v g++ > /dev/null || absent "g++, which compiles the reader of sparse tensors"
"$TOOLS/bin/python" testdata/tensors/regenerate.py --check || fail "testdata/tensors"
bin/nanoarrow --version > /dev/null || fail "the command"
"$TOOLS/bin/python" .ci/tools/tensor_check.py "$CI_DIR/tensors" \
  java -cp java/cli/target/nanoarrow-cli-0.1.0-SNAPSHOT-all.jar -- native pure || fail "tensors"
