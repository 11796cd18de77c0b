# What the checks share. Sourced, with ROOT and CI_DIR set, from the root of the checkout.

export TOOLS="$ROOT/build/venv"

# Ends the check as failed.
fail() {
  echo "FAILED: $*"
  exit 1
}

# Ends the check as absent: what it needs is not on this machine.
absent() {
  echo "ABSENT: $*"
  exit 77
}

# Points ARROW_TESTING_DIR to the corpus beside the checkout unless the caller has set it.
find_corpus() {
  local beside="$ROOT/../shared/data/arrow-testing"
  if [ -z "${ARROW_TESTING_DIR:-}" ] && [ -d "$beside" ]; then
    ARROW_TESTING_DIR=$(cd "$beside" && pwd)
    export ARROW_TESTING_DIR
  fi
}

# Copies what git would see of the checkout to $1, with the foreign source that is already unpacked.
copy_tree() {
  rm -rf "$1"
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do
      if [ -e "$file" ]; then printf '%s\0' "$file"; fi
    done |
    xargs -0 cp --parents -t "$1"
  if [ -d thirdparty/source ]; then
    cp -r thirdparty/source "$1/thirdparty/"
  fi
}

# Adds up surefire's reports of all modules below $1: "tests failures skipped".
count_tests() {
  cat "$1"/java/*/target/surefire-reports/TEST-*.xml 2> /dev/null |
    grep -o '<testsuite [^>]*' |
    awk '{
      for (i = 1; i <= NF; i++) {
        if (split($i, kv, "\"") > 1) {
          if ($i ~ /^tests=/) tests += kv[2]
          if ($i ~ /^(failures|errors)=/) failures += kv[2]
          if ($i ~ /^skipped=/) skipped += kv[2]
        }
      }
    } END { print tests + 0, failures + 0, skipped + 0 }'
}

# Fails unless the tests below $1 ran without failure, and says how many there were.
require_tests() {
  local tests failures skipped
  read -r tests failures skipped <<< "$(count_tests "$1")"
  echo "$tests Java tests, $failures failed, $skipped skipped"
  [ "$tests" -gt 0 ] || fail "no Java test ran"
  [ "$failures" -eq 0 ] || fail "$failures Java tests failed"
}

# The commands that a user types, without the checks that "verify" has done already.
maven_test() {
  rm -rf java/*/target/surefire-reports
  mvn -o -B "$@" -Dspotless.check.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true
}

export ASAN_TREE="$CI_DIR/asan-tree" ASAN_JDK="$CI_DIR/asan-jdk"

# Makes $ASAN_JDK/bin/java: this machine's java with the sanitizers' run time loaded first. Leaks are
# left to the C tests (the detector does not work inside a JVM), signals to the JVM.
make_asan_jdk() {
  local java home libraries
  java=$(readlink -f "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}/bin/java")
  home=$(dirname "$(dirname "$java")")
  libraries="$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so)"
  mkdir -p "$ASAN_JDK/bin"
  cp "$home/release" "$ASAN_JDK/release"
  cat > "$ASAN_JDK/bin/java" << WRAPPER
#!/bin/sh
LD_PRELOAD="$libraries"
ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_sigill=0:handle_sigfpe=0
ASAN_OPTIONS=\$ASAN_OPTIONS:verify_asan_link_order=0:allocator_may_return_null=1
UBSAN_OPTIONS=print_stacktrace=1
export LD_PRELOAD ASAN_OPTIONS UBSAN_OPTIONS
exec "$java" "\$@"
WRAPPER
  chmod +x "$ASAN_JDK/bin/java"
}

# Prints the path of the JavaCPP jar that the build uses.
javacpp_jar() {
  local version
  version=$(sed -n 's|.*<javacpp.version>\(.*\)</javacpp.version>.*|\1|p' pom.xml)
  find "$HOME/.m2/repository/org/bytedeco/javacpp" -name "javacpp-$version.jar"
}

# Cross-checks files: crosscheck NAME SECONDS "COMMAND" REPORT_OPTIONS FILE... (options end at --).
crosscheck() {
  local name=$1 seconds=$2 command=$3 options=() code
  shift 3
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  # shellcheck disable=SC2086
  timeout "$seconds" $command crosscheck --json "$@" > "$CI_DIR/$name.json" 2> "$CI_DIR/$name.err"
  code=$?
  [ -s "$CI_DIR/$name.err" ] && tail -50 "$CI_DIR/$name.err"
  python3 .ci/tools/crosscheck_report.py $# "${options[@]}" < "$CI_DIR/$name.json" ||
    fail "$name: see build/ci/$name.json"
  [ $code -le 3 ] || fail "$name: exit $code"
  echo "$name: exit $code"
}

# Sets FILES to the corpus files below $1 that are Arrow data.
corpus_files() {
  mapfile -t FILES < <(find "$ARROW_TESTING_DIR/$1" -type f ! -name '*.gz' ! -name '*.json' ! -name '*.md' | sort)
  [ ${#FILES[@]} -gt 0 ] || fail "no corpus file below $1"
}
