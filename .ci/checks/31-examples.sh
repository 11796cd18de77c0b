# The README's first command: every engine reads the committed examples alike.
source .ci/lib.sh
files=(examples/data/*)
crosscheck examples 300 bin/nanoarrow --identical -- "${files[@]}"
bin/nanoarrow crosscheck "${files[@]}" > /dev/null || fail "exit $?"
