# No file grows past the point where it is two things.
source .ci/lib.sh
too_long=0 files=0
check() {
  local limit_lines=$1 file lines
  shift
  while IFS= read -r -d '' file; do
    [ -f "$file" ] || continue
    lines=$(wc -l < "$file")
    files=$((files + 1))
    if [ "$lines" -gt "$limit_lines" ]; then
      echo "$file: $lines lines, at most $limit_lines"
      too_long=$((too_long + 1))
    fi
  done < <(git ls-files -z "$@")
}
check 500 '*.java'
check 900 '*.c' '*.h'
[ "$files" -gt 0 ] || fail "no file"
[ "$too_long" -eq 0 ] || fail "$too_long files are too long"
echo "$files files"
