# Coverage-guided fuzzing of what reads untrusted bytes, FUZZ_SECONDS in all (default 600): nothing
# may crash, leak, hang or break a promise of naj.h. What it finds lies in build/ci/fuzz/finds; what it
# learned stays in build/ci/fuzz/corpus and is where the next run begins.
source .ci/lib.sh
if ! command -v clang > /dev/null; then
  [ "$(id -u)" -eq 0 ] && apt-get install -y -qq clang libclang-rt-dev > "$CI_DIR/fuzz-apt.log" 2>&1 ||
    absent "clang with libFuzzer (Debian: apt-get install clang libclang-rt-dev)"
fi
targets=(stream file schema descriptor encode tensor)
cmake --preset fuzz > "$CI_DIR/fuzz-build.log" || fail "configuring"
cmake --build build/fuzz --parallel 2 --target naj_fuzz_seeds "${targets[@]/#/naj_fuzz_}" \
  >> "$CI_DIR/fuzz-build.log" || fail "building, see fuzz-build.log"

folder="$CI_DIR/fuzz"
mkdir -p "$folder/seeds/schema" "$folder/seeds/tensor" "$folder/finds"
build/fuzz/native/naj_fuzz_seeds "$folder/seeds" || fail "seeds"
cp examples/data/*.arrows "$folder/seeds/stream/"
cp examples/data/*.arrow "$folder/seeds/file/"
cp testdata/tensors/*.tensor "$folder/seeds/tensor/"
if [ -n "${ARROW_TESTING_DIR:-}" ]; then
  find "$ARROW_TESTING_DIR" -type f -size -64k \( -path '*fuzz-stream*' -o -name '*.stream' \) \
    -exec cp --backup=numbered -t "$folder/seeds/stream" {} +
  find "$ARROW_TESTING_DIR" -type f -size -64k \( -path '*fuzz-file*' -o -name '*.arrow_file' \) \
    -exec cp --backup=numbered -t "$folder/seeds/file" {} +
fi

# What is written again is a stream too; its last bytes say how.
ln -sfn stream "$folder/seeds/encode"

seconds=$((${FUZZ_SECONDS:-600} / ${#targets[@]}))
finds=0 executions=0
for target in "${targets[@]}"; do
  mkdir -p "$folder/corpus/$target"
  log="$folder/$target.log"
  ASAN_OPTIONS=allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1 \
    nice build/fuzz/native/naj_fuzz_"$target" -max_total_time="$seconds" -max_len=65536 \
    -timeout=20 -rss_limit_mb=3072 -print_final_stats=1 \
    -artifact_prefix="$folder/finds/$target-" "$folder/corpus/$target" "$folder/seeds/$target" \
    > "$log" 2>&1
  code=$?
  count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  executions=$((executions + ${count:-0}))
  echo "$target: ${count:-0} executions, $(grep -o 'cov: [0-9]*' "$log" | tail -1), exit code $code"
  if [ "$code" -ne 0 ]; then
    finds=$((finds + 1))
    grep -E 'ERROR|SUMMARY|does not hold|runtime error|Test unit written' "$log" | head -8
  fi
done
echo "$executions executions, $finds finds"
[ "$executions" -gt 0 ] || fail "nothing was executed"
[ "$finds" -eq 0 ] || fail "see $folder/finds; each find becomes a C test"
