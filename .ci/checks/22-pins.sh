# Everything that is downloaded has one exact version, and a hash where the client checks one.
source .ci/lib.sh
for file in thirdparty/requirements.txt .ci/requirements.txt java/bench/data/requirements.txt; do
  lines=0
  while IFS= read -r line; do
    [[ $line =~ ^[[:space:]]*(#.*)?$ ]] && continue
    lines=$((lines + 1))
    [[ $line =~ ^[a-zA-Z0-9_-]+==[0-9][0-9a-z.]*(\ --hash=sha256:[0-9a-f]{64})+$ ]] ||
      fail "$file: not pinned: $line"
  done < "$file"
  [ "$lines" -gt 0 ] || fail "$file: empty"
  echo "$file: $lines pins"
done
poms=$(git ls-files 'pom.xml' '*/pom.xml')
# shellcheck disable=SC2086
if grep -nE '<version>([^<]*(SNAPSHOT|LATEST|RELEASE)|[[(][^<]*)</version>' $poms |
  grep -vE '0\.1\.0-SNAPSHOT|\[(17|3\.8),\)'; then
  fail "a pom with a version that moves"
fi
# shellcheck disable=SC2086
if ! python3 - $poms << 'PY'; then
import sys
import xml.etree.ElementTree as tree

ns = {"m": "http://maven.apache.org/POM/4.0.0"}
root = tree.parse("pom.xml").getroot()
managed = {p.find("m:artifactId", ns).text for p in root.findall("m:build/m:pluginManagement/m:plugins/m:plugin", ns)
           if p.find("m:version", ns) is not None}
bad = 0
for pom in sys.argv[1:]:
    for plugin in tree.parse(pom).getroot().iter("{%s}plugin" % ns["m"]):
        name = plugin.find("m:artifactId", ns).text
        if plugin.find("m:version", ns) is None and name not in managed:
            print(f"{pom}: plugin {name} has no version")
            bad += 1
sys.exit(bad > 0)
PY
  fail "a plugin without a version"
fi
echo "$(wc -w <<< "$poms") poms"
