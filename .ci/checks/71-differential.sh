# Both engines on DIFFERENTIAL_COUNT damaged inputs (default 50000), DIFFERENTIAL_SEED (default 1):
# equal verdicts and values. Input they disagree about stays in java/crosscheck/target/differential.
source .ci/lib.sh
count=${DIFFERENTIAL_COUNT:-50000}
seed=${DIFFERENTIAL_SEED:-1}
log="$CI_DIR/differential.log"
nice mvn -o -B -q -pl java/crosscheck -am test -Dspotless.check.skip=true \
  -Dtest=DifferentialTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dnanoarrow.differential.count="$count" -Dnanoarrow.differential.seed="$seed" > "$log" 2>&1
code=$?
grep '^differential: ' "$log" || fail "nothing ran, see build/ci/differential.log"
if [ "$code" -ne 0 ]; then
  grep -A60 -m1 'AssertionFailedError' "$log"
  fail "see build/ci/differential.log"
fi
