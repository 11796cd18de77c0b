# C tests of what several threads may do at once, with the ThreadSanitizer: the pool, memories, files
# read and exports released by many threads.
source .ci/lib.sh
tests=(core_naj_pool_test core_naj_memory_test reader_naj_threads_test batch_naj_transform_test)
cmake --preset tsan > "$CI_DIR/tsan-build.log" || fail "configuring"
cmake --build build/tsan --parallel 2 --target "${tests[@]}" >> "$CI_DIR/tsan-build.log" 2>&1 ||
  fail "building, see tsan-build.log"
nm build/tsan/native/reader_naj_threads_test | grep -q __tsan_ || fail "the tests are not instrumented"
for test in "${tests[@]}"; do
  # Address space layouts of newer kernels are more than the sanitizer of older compilers takes.
  TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 setarch "$(uname -m)" -R \
    "build/tsan/native/$test" 2> "$CI_DIR/tsan-$test.log" ||
    { tail -40 "$CI_DIR/tsan-$test.log"; fail "$test"; }
  echo "$test: $(grep -c '^ok ' "$CI_DIR/tsan-$test.log") tests"
done
