# Fails unless the shared library exports JNI entry points only, and needs nothing but libc.
#   cmake -DLIBRARY=... -DNM=... -DREADELF=... -P cmake/CheckExports.cmake

if(NOT EXISTS "${LIBRARY}")
  message("SKIPPED: ${LIBRARY} is not built yet (Maven builds it)")
  return()
endif()
execute_process(COMMAND "${NM}" -D --defined-only "${LIBRARY}" OUTPUT_VARIABLE symbols
                COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" symbols "${symbols}")
list(LENGTH symbols count)
if(count LESS 100)
  message(FATAL_ERROR " Only ${count} exported symbols: the entry points are missing.")
endif()
list(FILTER symbols EXCLUDE REGEX " T (Java_[A-Za-z0-9_]+|JNI_OnLoad|JNI_OnUnload)$")
if(symbols)
  list(JOIN symbols "\n   " symbols)
  message(FATAL_ERROR " The library exports more than JNI entry points:\n   ${symbols}")
endif()
execute_process(COMMAND "${READELF}" -dW "${LIBRARY}" OUTPUT_VARIABLE dynamic
                COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\\(NEEDED\\)[^\n]*\\[[^]\n]+\\]" needed "${dynamic}")
foreach(line IN LISTS needed)
  if(NOT line MATCHES "\\[(libc|libm|libpthread|libdl|ld-linux-x86-64)\\.so" AND NOT SANITIZED)
    message(FATAL_ERROR " The library needs more than libc: ${line}")
  endif()
endforeach()
message("${count} exported entry points, nothing else")
