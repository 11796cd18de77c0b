#!/usr/bin/env bash
# What cmake/FetchNanoarrow.cmake promises, without network: each way to fail is one clear line, two
# builds at once do not disturb each other, and nothing half unpacked is taken for whole.
#   fetch_test.sh CMAKE ROOT ARCHIVE    (ARCHIVE: a good copy; absent: only the failures are tested)
set -uo pipefail
cmake=$1 root=$2 archive=$3
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
failures=0
pin=$(sed -n 's/^nanoarrow==\([^ ]*\) .*/\1/p' "$root/thirdparty/requirements.txt")
name=nanoarrow-$pin.tar.gz

# A tree of its own, with an empty cache: tree NAME
tree() {
  dir=$work/$1
  mkdir -p "$dir/cmake" "$dir/thirdparty" "$dir/cache"
  cp "$root/cmake/FetchNanoarrow.cmake" "$dir/cmake/"
  cp -r "$root/thirdparty/requirements.txt" "$root/thirdparty/pip-stub" "$dir/thirdparty/"
  cat > "$dir/fetch.cmake" << 'SCRIPT'
cmake_minimum_required(VERSION 3.21)
include("${CMAKE_CURRENT_LIST_DIR}/cmake/FetchNanoarrow.cmake")
naj_fetch_nanoarrow(dir)
message("unpacked in ${dir}")
SCRIPT
}

# Output in $out, exit code in $code. pip finds no network: a proxy that nobody serves.
fetch() {
  out=$(XDG_CACHE_HOME=$dir/cache HTTPS_PROXY=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 \
    https_proxy=http://127.0.0.1:9 http_proxy=http://127.0.0.1:9 NO_PROXY= no_proxy= \
    PIP_NO_CACHE_DIR=1 PIP_INDEX_URL=http://127.0.0.1:9/simple PIP_TIMEOUT=1 PIP_RETRIES=0 \
    "$cmake" "$@" -P "$dir/fetch.cmake" 2>&1)
  code=$?
}

# expect CODE PATTERN WHAT: one line holds the pattern, and no other tree was left behind
expect() {
  local lines
  lines=$(grep -c -- "$2" <<< "$out")
  if [ "$((code != 0))" -ne "$1" ] || [ "$lines" -ne 1 ]; then
    echo "FAILED: $3: exit $code, $lines lines with '$2':"
    echo "$out"
    failures=$((failures + 1))
  else
    echo "ok: $3"
  fi
}

nothing_unpacked() {
  if compgen -G "$dir/thirdparty/source/nanoarrow-*" > /dev/null ||
    compgen -G "$dir/thirdparty/source/.unpack-*" > /dev/null; then
    echo "FAILED: $1 left something below thirdparty/source"
    failures=$((failures + 1))
  fi
}

tree hash
echo damaged > "$dir/thirdparty/$name"
fetch
expect 1 "does not have the SHA-256 that thirdparty/requirements.txt pins" "a wrong hash stops the build"
nothing_unpacked "a wrong hash"

tree network
fetch
expect 1 "pip could not download $name (no network?)" "no network is named"
nothing_unpacked "no network"

tree cache_damaged
mkdir -p "$dir/cache/nanoarrow-java"
echo damaged > "$dir/cache/nanoarrow-java/$name"
fetch
expect 1 "does not have the pinned SHA-256: it is ignored" "a damaged cache is ignored"

tree pip
fetch -DNAJ_PYTHON="$(command -v false)"
expect 1 "there is no python3 with pip" "no pip is named"

tree folder
mkdir -p "$dir/empty"
fetch -DNANOARROW_SOURCE_DIR="$dir/empty"
expect 1 "is not the unpacked source archive" "a wrong NANOARROW_SOURCE_DIR is named"

if [ -f "$archive" ]; then
  tree archive
  cp "$archive" "$dir/thirdparty/$name"
  fetch
  expect 0 "unpacked in" "an archive in thirdparty/ is taken"
  rm "$dir/thirdparty/$name"
  fetch
  expect 0 "unpacked in" "the second build needs no archive and no network"
  unpacked=$(sed -n 's/^unpacked in //p' <<< "$out")
  fetch -DNANOARROW_SOURCE_DIR="$unpacked"
  expect 0 "unpacked in" "an unpacked folder is taken"

  tree cache
  mkdir -p "$dir/cache/nanoarrow-java"
  cp "$archive" "$dir/cache/nanoarrow-java/$name"
  fetch
  expect 0 "unpacked in" "the archive in the cache is taken"

  tree cache_not_writable
  touch "$dir/file"
  cat > "$dir/fetch.cmake" << SCRIPT
cmake_minimum_required(VERSION 3.21)
include("\${CMAKE_CURRENT_LIST_DIR}/cmake/FetchNanoarrow.cmake")
naj_keep_in_cache("$archive" "$dir/file/cache")
SCRIPT
  fetch
  expect 0 "cannot be written: the archive is not kept there" "a cache that cannot be written is named"

  tree parallel
  cp "$archive" "$dir/thirdparty/$name"
  for i in 1 2 3; do
    "$cmake" -P "$dir/fetch.cmake" > "$dir/out.$i" 2>&1 &
  done
  wait
  out=$(cat "$dir"/out.*)
  code=0
  grep -q "Error" <<< "$out" && code=1
  out=$(sort -u <<< "$out")
  expect 0 "unpacked in" "three builds at once agree"
  if compgen -G "$dir/thirdparty/source/.unpack-*" > /dev/null; then
    echo "FAILED: builds at once left a temporary folder"
    failures=$((failures + 1))
  fi
else
  echo "left out, for want of $archive: 6 checks of what succeeds"
fi
exit "$((failures != 0))"
