# Built and tested on the newest JDK there is, without any flag of ours.
source .ci/lib.sh
newest='' newest_version=17
for home in /usr/lib/jvm/*; do
  [ -x "$home/bin/javac" ] || continue
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2> /dev/null)
  if [ "${version:-0}" -gt "$newest_version" ]; then
    newest=$home newest_version=$version
  fi
done
[ -n "$newest" ] || absent "a JDK newer than 17 in /usr/lib/jvm; 1 check is left out"
cd "$CI_DIR/offline-tree" || fail "offline has not run"
export JAVA_HOME=$newest
"$JAVA_HOME/bin/java" -version
echo "the format check runs on JDK 17 only and is left out here"
maven_test test || fail "tests on JDK $newest_version"
require_tests .
