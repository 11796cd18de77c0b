# Tracked files name no path of a machine and no host that packages come from.
source .ci/lib.sh
# Taken apart so that this file does not find itself.
paths='(^|[^A-Za-z0-9_./$}-])/(wo''rk|ho''me|ro''ot|Us''ers|t''mp)/[A-Za-z0-9_.-]+'
hosts='pypi\.(org|io)|files\.pythonhosted|repo1?\.maven\.(apache\.)?org|registry\.npmjs|proxy\.golang'
found=$(git ls-files -z | xargs -0 grep -InE "$paths|$hosts" |
  grep -vE '^[^:]*:[0-9]+:.*(xmlns|schemaLocation)' || true)
if [ -n "$found" ]; then
  echo "$found"
  fail "$(wc -l <<< "$found") lines"
fi
echo "$(git ls-files | wc -l) files"
