# Real files of other implementations, and inputs that fuzzing found to be fatal elsewhere.
source .ci/lib.sh
[ -n "${ARROW_TESTING_DIR:-}" ] || absent "the corpus beside the checkout or ARROW_TESTING_DIR"
for folder in integration fuzz-stream fuzz-file; do
  corpus_files $folder
  crosscheck "corpus-$folder" 300 bin/nanoarrow -- "${FILES[@]}"
done
