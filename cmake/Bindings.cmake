# The steps of the Java build that need C or JavaCPP, run by Maven as
#   cmake -DSTEP=... -DPRESET=... -DJAVA_HOME=... -DJAVACPP_JAR=... -DMODULE_DIR=... -P cmake/Bindings.cmake
#
#   parse     configures the CMake tree (this fetches the source archive) and turns the headers into
#             Java below target/generated-sources/javacpp
#   library   turns the compiled Java into C++ below target/jni, builds the shared library and puts it
#             beside the classes
#   test      builds and runs the C tests
#
# JavaCPP runs only when something it reads has changed: its output order may differ between runs, and
# new files would make everything after it run again.

cmake_minimum_required(VERSION 3.21)
get_filename_component(ROOT_DIR "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
set(BUILD_DIR "${ROOT_DIR}/build/${PRESET}")
set(JAVA_SOURCES "${MODULE_DIR}/src/main/java")
set(GENERATED_JAVA "${MODULE_DIR}/target/generated-sources/javacpp")
set(GENERATED_CPP "${MODULE_DIR}/target/jni")
set(CLASSES "${MODULE_DIR}/target/classes")
set(PRESETS_CLASSES "${MODULE_DIR}/target/presets")
set(LIBRARY_DIR "${CLASSES}/io/nanoarrow/c/linux-x86_64")

function(run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    string(STRIP "${output}" output)
    message("${output}")
    message(FATAL_ERROR " ${what} failed.")
  endif()
  set(run_output "${output}" PARENT_SCOPE)
endfunction()

# A hash over the content of files and over words.
function(hash_of out)
  set(all "")
  foreach(item IN LISTS ARGN)
    if(EXISTS "${item}" AND NOT IS_DIRECTORY "${item}")
      file(SHA256 "${item}" hash)
    else()
      string(SHA256 hash "${item}")
    endif()
    string(APPEND all "${hash}\n")
  endforeach()
  string(SHA256 hash "${all}")
  set(${out} "${hash}" PARENT_SCOPE)
endfunction()

function(is_fresh stamp hash out)
  set(${out} FALSE PARENT_SCOPE)
  if(EXISTS "${stamp}")
    file(READ "${stamp}" old)
    if(old STREQUAL hash)
      set(${out} TRUE PARENT_SCOPE)
    endif()
  endif()
endfunction()

function(step_parse)
  run("Configuring the native build" "${CMAKE_COMMAND}" -S "${ROOT_DIR}" --preset "${PRESET}"
      "-DNANOARROW_SOURCE_DIR=${NANOARROW_SOURCE_DIR}" "-DNAJ_JAVA_HOME=${JAVA_HOME}"
      "-DNAJ_JNI_DIR=${GENERATED_CPP}")
  include(FetchNanoarrow)
  naj_fetch_nanoarrow(archive_dir)
  set(nanoarrow "${archive_dir}/subprojects/arrow-nanoarrow/src")
  file(GLOB presets "${JAVA_SOURCES}/io/nanoarrow/presets/*.java")
  set(headers
      "${nanoarrow}/nanoarrow/common/inline_types.h" "${nanoarrow}/nanoarrow/nanoarrow.h"
      "${nanoarrow}/nanoarrow/nanoarrow_ipc.h" "${ROOT_DIR}/native/include/naj/naj_bind.h"
      "${ROOT_DIR}/native/include/naj/naj_bind_write.h"
      "${ROOT_DIR}/native/include/naj/naj_bind_tensor.h"
      "${ROOT_DIR}/native/src/bind/naj_c_struct.h" "${ROOT_DIR}/native/src/bind/naj_macros.h")
  hash_of(hash ${presets} ${headers} "${JAVACPP_JAR}" "${CMAKE_CURRENT_LIST_FILE}")
  file(WRITE "${MODULE_DIR}/target/archive-dir" "${archive_dir}")
  # For the test that compares them with what is bound.
  file(COPY ${headers} DESTINATION "${MODULE_DIR}/target/headers")
  set(stamp "${MODULE_DIR}/target/parse.stamp")
  is_fresh("${stamp}" "${hash}" fresh)
  if(fresh)
    return()
  endif()
  file(REMOVE "${stamp}")
  file(REMOVE_RECURSE "${GENERATED_JAVA}" "${PRESETS_CLASSES}")
  file(MAKE_DIRECTORY "${GENERATED_JAVA}" "${PRESETS_CLASSES}")
  run("Compiling the JavaCPP presets" "${JAVA_HOME}/bin/javac" -cp "${JAVACPP_JAR}" -d
      "${PRESETS_CLASSES}" --release 17 ${presets})
  # One run each: the second presets class must not take the first one's names.
  foreach(name IN ITEMS NanoarrowPresets NajPresets)
    run("JavaCPP's parser" "${JAVA_HOME}/bin/java" -cp "${JAVACPP_JAR}"
        org.bytedeco.javacpp.tools.Builder -classpath "${PRESETS_CLASSES}" -nogenerate -d
        "${GENERATED_JAVA}"
        "-Dplatform.includepath=${nanoarrow}:${ROOT_DIR}/native/include:${ROOT_DIR}/native/src"
        "io.nanoarrow.presets.${name}")
  endforeach()
  foreach(file IN ITEMS c/Nanoarrow.java c/IpcDecoder.java naj/Naj.java)
    if(NOT EXISTS "${GENERATED_JAVA}/io/nanoarrow/${file}")
      message("${run_output}")
      message(FATAL_ERROR " JavaCPP's parser gave no io/nanoarrow/${file}.")
    endif()
  endforeach()
  file(GLOB_RECURSE generated "${GENERATED_JAVA}/*.java")
  foreach(file IN LISTS generated)
    polish_java("${file}")
  endforeach()
  file(WRITE "${stamp}" "${hash}")
endfunction()

# What javac warns of in generated code, and Doxygen's commands in what becomes Javadoc.
function(polish_java file)
  file(READ "${file}" text)
  string(REPLACE "\npublic class " "\n@SuppressWarnings({\"unchecked\", \"rawtypes\"})\npublic class "
         text "${text}")
  string(REPLACE "\\brief " "" text "${text}")
  foreach(name IN ITEMS Nanoarrow Naj)
    string(REPLACE "class ${name} extends io.nanoarrow.presets.${name}Presets {"
           "class ${name} extends io.nanoarrow.presets.${name}Presets {\n    private ${name}() {}"
           text "${text}")
  endforeach()
  # Ours knows more places and keeps a failure's reason.
  string(REPLACE "static { Loader.load(); }" "static { io.nanoarrow.naj.NativeLibrary.load(); }" text
         "${text}")
  file(WRITE "${file}" "${text}")
endfunction()

function(step_library)
  file(GLOB_RECURSE generated "${GENERATED_JAVA}/*.java")
  list(SORT generated)
  hash_of(hash ${generated} "${JAVA_SOURCES}/io/nanoarrow/c/NativeStruct.java" "${JAVACPP_JAR}"
          "${CMAKE_CURRENT_LIST_FILE}")
  set(stamp "${MODULE_DIR}/target/generate.stamp")
  is_fresh("${stamp}" "${hash}" fresh)
  if(NOT fresh OR NOT EXISTS "${GENERATED_CPP}/nanoarrowjni.cpp")
    file(REMOVE "${stamp}")
    file(MAKE_DIRECTORY "${GENERATED_CPP}")
    run("JavaCPP's generator" "${JAVA_HOME}/bin/java" -cp "${JAVACPP_JAR}"
        org.bytedeco.javacpp.tools.Builder -classpath "${CLASSES}" -nocompile -d "${GENERATED_CPP}"
        "io.nanoarrow.c.*" io.nanoarrow.naj.Naj io.nanoarrow.naj.NajReleaseFunction
        io.nanoarrow.naj.NajStreamFunction)
    foreach(file IN ITEMS jnijavacpp.cpp nanoarrowjni.cpp)
      if(NOT EXISTS "${GENERATED_CPP}/${file}")
        message("${run_output}")
        message(FATAL_ERROR " JavaCPP's generator gave no ${file}.")
      endif()
    endforeach()
    file(WRITE "${stamp}" "${hash}")
  endif()
  # The library holds these; the jar carries their licences (nanoarrow's is this project's own).
  file(READ "${MODULE_DIR}/target/archive-dir" archive_dir)
  foreach(item IN ITEMS flatcc/LICENSE flatcc/NOTICE lz4/lib/LICENSE zstd/LICENSE)
    string(REGEX MATCH "^[a-z0-9]+" name "${item}")
    string(REGEX REPLACE "^[a-z0-9]+" "" rest "${item}")
    file(GLOB license "${archive_dir}/subprojects/${name}-*${rest}")
    if(NOT license)
      message(FATAL_ERROR " The source archive has no licence file for ${name}.")
    endif()
    file(COPY ${license} DESTINATION "${CLASSES}/META-INF/licenses/${name}")
  endforeach()
  run("Building the shared library" "${CMAKE_COMMAND}" --build "${BUILD_DIR}" --target nanoarrowjni
      --parallel 2)
  file(MAKE_DIRECTORY "${LIBRARY_DIR}")
  execute_process(COMMAND "${CMAKE_COMMAND}" -E copy_if_different
                          "${BUILD_DIR}/native/libnanoarrowjni.so"
                          "${LIBRARY_DIR}/libnanoarrowjni.so" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(step_test)
  run("Building the C tests" "${CMAKE_COMMAND}" --build "${BUILD_DIR}" --parallel 2)
  get_filename_component(cmake_bin "${CMAKE_COMMAND}" DIRECTORY)
  run("The C tests" "${cmake_bin}/ctest" --test-dir "${BUILD_DIR}" --output-on-failure --parallel 2)
  string(REGEX MATCH "[^\n]*tests passed[^\n]*" summary "${run_output}")
  message(STATUS "C tests (${PRESET}): ${summary}")
endfunction()

cmake_language(CALL "step_${STEP}")
