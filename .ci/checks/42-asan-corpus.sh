# All corpus files through both engines, with the native library under the sanitizers: no report, no
# crash, no hang.
source .ci/lib.sh
[ -n "${ARROW_TESTING_DIR:-}" ] || absent "the corpus beside the checkout or ARROW_TESTING_DIR"
cd "$ASAN_TREE" || fail "asan-suite has not run"
mvn -o -B -q package -DskipTests -Dnative.preset=asan -Dspotless.check.skip=true \
  -Dmaven.javadoc.skip=true -Dmaven.source.skip=true -pl java/cli -am || fail "the command"
jars=(java/cli/target/nanoarrow-cli-*-all.jar)
for folder in integration fuzz-stream fuzz-file; do
  corpus_files $folder
  crosscheck "asan-$folder" 600 "$ASAN_JDK/bin/java -jar ${jars[0]}" -- "${FILES[@]}"
  if grep -nE 'AddressSanitizer|runtime error:' "$CI_DIR/asan-$folder.err"; then
    fail "a sanitizer's report"
  fi
done
