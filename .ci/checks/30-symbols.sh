# The library exports JNI entry points only and needs nothing but the C library.
source .ci/lib.sh
library=java/native-engine/target/classes/io/nanoarrow/c/linux-x86_64/libnanoarrowjni.so
[ -f "$library" ] || fail "no $library"
others=$(nm -D --defined-only "$library" | awk '{print $NF}' | grep -vE '^(Java_.*|JNI_OnLoad|JNI_OnUnload)$')
[ -z "$others" ] || fail "exports: $others"
needed=$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' |
  grep -vE '^(libc|libm|libpthread|libdl|librt|ld-linux-x86-64)\.so')
[ -z "$needed" ] || fail "needs: $needed"
readelf -lW "$library" | grep -q 'GNU_STACK.*RWE' && fail "an executable stack"
echo "$(nm -D --defined-only "$library" | wc -l) entry points, $(stat -c %s "$library") bytes"
