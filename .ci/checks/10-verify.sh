# The README's test command, and that Java and C tests really ran.
source .ci/lib.sh
if [ -n "${ARROW_TESTING_DIR:-}" ]; then
  echo "corpus: $(find "$ARROW_TESTING_DIR" -type f | wc -l) files"
else
  echo "ABSENT: the corpus of other implementations' files; the tests say what they leave out"
fi
rm -rf java/*/target/surefire-reports
mvn -B verify || fail "mvn -B verify"
require_tests .
