# A second build, from clean and without a network, in a copy of the checkout.
source .ci/lib.sh
copy_tree "$CI_DIR/offline-tree"
cd "$CI_DIR/offline-tree" || exit 1
rm -rf thirdparty/source
mvn -o -B -q clean || fail "mvn -o clean"
mvn -o -B verify -DskipTests || fail "mvn -o verify"
for module in api native-engine pure-engine; do
  for kind in sources javadoc; do
    ls java/$module/target/*-"$kind".jar > /dev/null || fail "$module has no $kind jar"
  done
done
