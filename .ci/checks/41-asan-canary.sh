# Planted faults that the sanitizers of the suite above must report: a detector that is off looks like
# success.
source .ci/lib.sh
cd "$ASAN_TREE" || fail "asan-suite has not run"
cmake --build build/asan --target naj_canary --parallel 2 > /dev/null || fail "naj_canary"
must_report() {
  local what=$1 output
  shift
  if output=$("$@" 2>&1); then
    fail "$*: ended well"
  fi
  grep -q "$what" <<< "$output" || fail "$*: no '$what' in: $output"
  echo "caught: $what ($(basename "$1") $(basename "${*: -1}"))"
}
canary=build/asan/native/naj_canary
must_report 'AddressSanitizer: heap-buffer-overflow' $canary own
must_report 'AddressSanitizer: heap-buffer-overflow' $canary foreign
must_report 'LeakSanitizer: detected memory leaks' $canary leak
must_report 'runtime error: signed integer overflow' $canary undefined
must_report 'AddressSanitizer: heap-buffer-overflow' "$ASAN_JDK/bin/java" \
  -cp "java/api/target/classes:java/native-engine/target/classes:$(javacpp_jar)" \
  "$ROOT/.ci/canary/JniOverflow.java"
