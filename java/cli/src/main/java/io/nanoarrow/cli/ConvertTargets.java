package io.nanoarrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a conversion reads and writes, checked before anything is read. */
final class ConvertTargets {
  /** The formats, as the command line names them. */
  enum Format {
    FILE,
    STREAM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Some inputs that become one output. */
  record Job(List<String> inputs, String output, boolean toFile) {}

  private static final Set<String> STREAMS = Set.of("arrows", "stream");
  private static final Set<String> FILES = Set.of("arrow", "arrow_file", "feather");

  private final List<String> names;
  private final @Nullable String folder;
  private final @Nullable Format format;

  ConvertTargets(List<String> names, @Nullable String folder, @Nullable Format format) {
    this.names = List.copyOf(names);
    this.folder = folder;
    this.format = format;
  }

  /**
   * Returns what to do; makes the folder for outputs when there is none.
   *
   * @throws IllegalArgumentException when names clash, an input would be overwritten, or the format
   *     is not known
   */
  List<Job> jobs() throws IOException {
    List<Job> jobs = folder == null ? List.of(oneOutput()) : outputsIn(Path.of(folder));
    List<String> inputs = folder == null ? names.subList(0, names.size() - 1) : names;
    if (inputs.stream().filter(Inputs.STANDARD::equals).count() > 1) {
      throw new IllegalArgumentException("standard input can be read once only");
    }
    for (Job job : jobs) {
      checkNotAnInput(job.output(), inputs);
    }
    if (folder != null) {
      Files.createDirectories(Path.of(folder));
    }
    return jobs;
  }

  private Job oneOutput() {
    if (names.size() < 2) {
      throw new IllegalArgumentException("what to write is missing: OUT or --out-dir");
    }
    String output = names.get(names.size() - 1);
    return new Job(names.subList(0, names.size() - 1), output, isFile(output));
  }

  private boolean isFile(String output) {
    if (format != null) {
      return format == Format.FILE;
    }
    String ending = ending(output);
    if (FILES.contains(ending)) {
      return true;
    } else if (STREAMS.contains(ending) || output.equals(Inputs.STANDARD) || isPipe(output)) {
      return false;
    }
    throw new IllegalArgumentException(
        output + " does not say whether to write a file or a stream: use --to");
  }

  private static boolean isPipe(String output) {
    Path path = Path.of(output);
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private List<Job> outputsIn(Path target) {
    boolean toFile = format != Format.STREAM;
    Map<String, String> owners = new HashMap<>();
    List<Job> jobs = new ArrayList<>();
    for (String input : names) {
      String name = stem(input) + (toFile ? ".arrow" : ".arrows");
      String other = owners.putIfAbsent(name, input);
      if (other != null) {
        throw new IllegalArgumentException(
            other + " and " + input + " would both become " + target.resolve(name));
      }
      jobs.add(new Job(List.of(input), target.resolve(name).toString(), toFile));
    }
    return jobs;
  }

  private static String stem(String input) {
    if (input.equals(Inputs.STANDARD)) {
      return "stdin";
    }
    Path file = Path.of(input).getFileName();
    String name = file == null ? "" : file.toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private static void checkNotAnInput(String output, List<String> inputs) throws IOException {
    if (output.equals(Inputs.STANDARD) || !Files.isRegularFile(Path.of(output))) {
      return;
    }
    for (String input : inputs) {
      boolean isPath = !input.equals(Inputs.STANDARD) && Files.exists(Path.of(input));
      if (isPath && Files.isSameFile(Path.of(input), Path.of(output))) {
        throw new IllegalArgumentException(input + " would be overwritten by " + output);
      }
    }
  }
}
