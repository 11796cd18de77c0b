# The Java tests with -Xcheck:jni: no report whose stack names our classes or JavaCPP's.
source .ci/lib.sh
mkdir -p "$CI_DIR/jni"
java_home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
gcc -shared -fPIC -I"$java_home/include" -I"$java_home/include/linux" \
  -o "$CI_DIR/jni/libjni_misuse.so" .ci/canary/jni_misuse.c || fail "gcc"
java -Xcheck:jni .ci/canary/JniMisuse.java "$CI_DIR/jni/libjni_misuse.so" \
  > "$CI_DIR/jni/canary.log" 2>&1 || fail "$(cat "$CI_DIR/jni/canary.log")"
if python3 .ci/tools/jni_warnings.py JniMisuse "$CI_DIR/jni/canary.log" > /dev/null; then
  fail "a planted misuse was not reported: $(cat "$CI_DIR/jni/canary.log")"
fi
echo "caught: a planted misuse"
maven_test test -Dtest.jvm.args=-Xcheck:jni > "$CI_DIR/jni/tests.log" 2>&1 || {
  tail -60 "$CI_DIR/jni/tests.log"
  fail "tests with -Xcheck:jni"
}
mapfile -t logs < <(find java/*/target/surefire-reports -name '*.dumpstream' -o -name '*.dump')
python3 .ci/tools/jni_warnings.py io.nanoarrow "$CI_DIR/jni/tests.log" "${logs[@]}" || fail "reports"
python3 .ci/tools/jni_warnings.py org.bytedeco "$CI_DIR/jni/tests.log" "${logs[@]}" || fail "reports"
require_tests .
