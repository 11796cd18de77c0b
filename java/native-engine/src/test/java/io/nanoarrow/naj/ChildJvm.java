package io.nanoarrow.naj;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A JVM started by a test. */
final class ChildJvm {
  private final List<String> command = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private final List<String> options = new ArrayList<>();

  record Result(int exitCode, String output) {}

  static ChildJvm withClassPath(String... entries) {
    ChildJvm jvm = new ChildJvm();
    jvm.classPath.addAll(List.of(entries));
    return jvm;
  }

  ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  Process start(Class<?> main) throws IOException {
    command.clear();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(String.join(":", classPath));
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("XDG_CACHE_HOME");
    return builder.start();
  }

  Result run(Class<?> main) throws Exception {
    return finish(start(main));
  }

  static Result finish(Process process) throws Exception {
    String output;
    try (InputStream in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The child JVM hangs: " + output);
    }
    return new Result(process.exitValue(), output);
  }

  /** The class path entry that holds a class. */
  static String homeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Packs a folder of classes, leaving out files whose name ends with {@code exceptSuffix}. */
  static Path pack(Path folder, Path jar, String exceptSuffix) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString();
        if (!name.endsWith(exceptSuffix)) {
          entries.putNextEntry(new JarEntry(name));
          Files.copy(file, entries);
          entries.closeEntry();
        }
      }
    }
    return jar;
  }
}
