# C and Java tests with AddressSanitizer and UndefinedBehaviorSanitizer in the native library, in a
# copy of the checkout; C tests look for leaks too.
source .ci/lib.sh
make_asan_jdk
copy_tree "$ASAN_TREE"
cd "$ASAN_TREE" || exit 1
maven_test test -Dnative.preset=asan -Djvm="$ASAN_JDK/bin/java" || fail "tests under the sanitizers"
nm -D java/native-engine/target/classes/io/nanoarrow/c/linux-x86_64/libnanoarrowjni.so |
  grep -q ' U __asan_report_store1' || fail "the library is not instrumented"
require_tests .
