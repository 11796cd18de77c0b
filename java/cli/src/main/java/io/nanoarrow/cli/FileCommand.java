package io.nanoarrow.cli;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command over several files: a bad one is reported by name and the rest still run. */
@Command(sortOptions = false, usageHelpAutoWidth = false)
abstract class FileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Main main;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Arrow streams and files.")
  private List<String> files;

  final Terminal terminal() {
    return main.terminal();
  }

  /** Tells whether there is more than one file, so that output must say which is meant. */
  final boolean severalFiles() {
    return files.size() > 1;
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Called once before the files; throws {@link #usage} when options do not go together. */
  void prepare() {}

  /**
   * Handles one file and returns its exit code.
   *
   * @throws WrongUse when the options do not fit the file
   */
  abstract int handle(String name, Path path) throws IOException;

  /** The options do not fit a file, or the engine asked for does not work. */
  static final class WrongUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongUse(String message) {
      super(message);
    }
  }

  @Override
  public final Integer call() {
    prepare();
    int worst = ExitCode.FINE;
    for (String file : files) {
      worst = Math.max(worst, attempt(file));
      terminal().flush();
    }
    return worst;
  }

  private int attempt(String file) {
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        return new Attempt("is a directory", ExitCode.BAD).report(terminal(), file);
      }
      return handle(file, path);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      Attempt failure = Attempt.failedWith(e);
      if (failure == null) {
        throw (RuntimeException) e;
      }
      return failure.report(terminal(), file);
    }
  }

  /** Opens a stream or file with an engine, "native" or "pure", or the default one for null. */
  static BatchReader open(Path path, String engine) throws IOException {
    try {
      return ArrowIpc.open(path, ReadOptions.builder().engine(engine).build());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new WrongUse(e.getMessage());
    }
  }
}
