# Object libraries of the foreign C, compiled unmodified from NAJ_ARCHIVE_DIR, and the interface
# target naj_thirdparty_headers (its headers and defines, as system headers).

set(NAJ_NANOARROW_DIR "${NAJ_ARCHIVE_DIR}/subprojects/arrow-nanoarrow/src")
set(NAJ_LZ4_DIR "${NAJ_ARCHIVE_DIR}/subprojects/lz4-1.10.0/lib")
set(NAJ_ZSTD_DIR "${NAJ_ARCHIVE_DIR}/subprojects/zstd-1.5.6/lib")
file(GLOB NAJ_FLATCC_DIR LIST_DIRECTORIES true "${NAJ_ARCHIVE_DIR}/subprojects/flatcc-*")
foreach(dir IN ITEMS "${NAJ_NANOARROW_DIR}" "${NAJ_LZ4_DIR}" "${NAJ_ZSTD_DIR}" "${NAJ_FLATCC_DIR}")
  if(NOT IS_DIRECTORY "${dir}")
    message(FATAL_ERROR " The source archive in ${NAJ_ARCHIVE_DIR} is not laid out as expected: no folder '${dir}'.")
  endif()
endforeach()

file(STRINGS "${NAJ_ARCHIVE_DIR}/subprojects/arrow-nanoarrow/CMakeLists.txt" version_line
     REGEX "set\\(NANOARROW_VERSION ")
string(REGEX MATCH "([0-9]+)\\.([0-9]+)\\.([0-9]+)" NANOARROW_VERSION "${version_line}")
set(NANOARROW_VERSION_MAJOR "${CMAKE_MATCH_1}")
set(NANOARROW_VERSION_MINOR "${CMAKE_MATCH_2}")
set(NANOARROW_VERSION_PATCH "${CMAKE_MATCH_3}")
set(NANOARROW_NAMESPACE_DEFINE "#define NANOARROW_NAMESPACE Naj_")
set(NAJ_CONFIG_DIR "${CMAKE_CURRENT_BINARY_DIR}/thirdparty-config")
configure_file("${NAJ_NANOARROW_DIR}/nanoarrow/nanoarrow_config.h.in"
               "${NAJ_CONFIG_DIR}/nanoarrow/nanoarrow_config.h" @ONLY)

# For our own code, which sees foreign headers as system headers.
add_library(naj_thirdparty_headers INTERFACE)
target_include_directories(
  naj_thirdparty_headers SYSTEM
  INTERFACE "${NAJ_CONFIG_DIR}" "${NAJ_NANOARROW_DIR}" "${NAJ_FLATCC_DIR}/include" "${NAJ_LZ4_DIR}"
            "${NAJ_ZSTD_DIR}")
# NDEBUG in every build type: the generated readers and the flatcc builder assert on input otherwise.
target_compile_definitions(
  naj_thirdparty_headers INTERFACE NDEBUG FLATCC_BUILDER_ASSERT_ON_ERROR=0
                                   NANOARROW_IPC_WITH_ZSTD NANOARROW_IPC_WITH_LZ4)

function(naj_add_thirdparty name)
  add_library(${name} OBJECT ${ARGN})
  target_link_libraries(${name} PRIVATE naj_thirdparty_headers)
  set_target_properties(${name} PROPERTIES C_STANDARD 11 C_EXTENSIONS ON)
  target_compile_options(${name} PRIVATE -w)
endfunction()

set(dir "${NAJ_NANOARROW_DIR}/nanoarrow")
naj_add_thirdparty(
  naj_nanoarrow
  "${dir}/common/array.c" "${dir}/common/array_stream.c" "${dir}/common/schema.c"
  "${dir}/common/utils.c" "${dir}/ipc/codecs.c" "${dir}/ipc/decoder.c" "${dir}/ipc/encoder.c"
  "${dir}/ipc/reader.c" "${dir}/ipc/writer.c")

# verifier.c is left out: native/src/flatbuffers defines the flatcc_verify_* functions, linear on
# errors and bounded in depth and tables.
set(dir "${NAJ_FLATCC_DIR}/src/runtime")
naj_add_thirdparty(naj_flatcc "${dir}/builder.c" "${dir}/emitter.c" "${dir}/refmap.c")

set(dir "${NAJ_LZ4_DIR}")
naj_add_thirdparty(naj_lz4 "${dir}/lz4.c" "${dir}/lz4frame.c" "${dir}/lz4hc.c" "${dir}/xxhash.c")
target_compile_definitions(naj_lz4 PRIVATE XXH_NAMESPACE=LZ4_)

file(GLOB zstd_sources CONFIGURE_DEPENDS "${NAJ_ZSTD_DIR}/common/*.c" "${NAJ_ZSTD_DIR}/compress/*.c"
     "${NAJ_ZSTD_DIR}/decompress/*.c")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
  list(APPEND zstd_sources "${NAJ_ZSTD_DIR}/decompress/huf_decompress_amd64.S")
endif()
naj_add_thirdparty(naj_zstd ${zstd_sources})
if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
  target_compile_definitions(naj_zstd PRIVATE ZSTD_DISABLE_ASM)
endif()

set(NAJ_THIRDPARTY_OBJECTS
    $<TARGET_OBJECTS:naj_nanoarrow> $<TARGET_OBJECTS:naj_flatcc> $<TARGET_OBJECTS:naj_lz4>
    $<TARGET_OBJECTS:naj_zstd>)
