package io.nanoarrow.cli;

import io.nanoarrow.crosscheck.json.IntegrationCheck;
import io.nanoarrow.crosscheck.json.IntegrationConversion;
import io.nanoarrow.crosscheck.json.IntegrationDifference;
import io.nanoarrow.crosscheck.json.Quirks;
import io.nanoarrow.error.ArrowFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What Arrow's integration tests ask of an implementation, in the spellings that archery uses. */
@Command(
    name = "integration",
    sortOptions = false,
    usageHelpAutoWidth = false,
    description = {
      "Arrow's integration tests: JSON against Arrow data, JSON to a file and back, streams and"
          + " files into each other.",
      "STREAM_TO_FILE reads standard input, FILE_TO_STREAM writes standard output; for a file \"-\""
          + " is standard output too. Outputs are replaced when they are there."
    },
    footer = {"", "Exit codes: 0 fine; 1 differences, bad data or I/O; 2 wrong usage."})
final class IntegrationCommand implements Callable<Integer> {
  /** What to do. */
  enum Mode {
    VALIDATE,
    JSON_TO_ARROW,
    ARROW_TO_JSON,
    FILE_TO_STREAM,
    STREAM_TO_FILE;

    boolean needsJson() {
      return this == VALIDATE || this == JSON_TO_ARROW || this == ARROW_TO_JSON;
    }
  }

  private static final String STANDARD_OUTPUT = "-";

  @Spec private CommandSpec spec;
  @ParentCommand private Main main;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"--mode", "-mode", "--command", "-c"},
      paramLabel = "MODE",
      required = true,
      description = "${COMPLETION-CANDIDATES}")
  private Mode mode;

  @Option(
      names = {"--arrow", "-arrow", "-a"},
      paramLabel = "FILE",
      required = true,
      description = "The Arrow file (VALIDATE, ARROW_TO_JSON: or stream).")
  private String arrow;

  @Option(
      names = {"--json", "-json", "-j"},
      paramLabel = "FILE",
      description = "The integration JSON; may be compressed by gzip.")
  private @Nullable String json;

  @Option(
      names = {"--validate_decimals", "-validate_decimals"},
      paramLabel = "false",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "With false VALIDATE lets decimals have more digits than their precision.")
  private boolean decimals;

  @Option(
      names = {"--validate_date64", "-validate_date64"},
      paramLabel = "false",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "With false it lets dates in milliseconds be no whole days.")
  private boolean date64;

  @Option(
      names = {"--validate_times", "-validate_times"},
      paramLabel = "false",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "With false it lets times lie outside of a day.")
  private boolean times;

  @Option(
      names = {"--integration", "-integration"},
      arity = "0..1",
      fallbackValue = "true",
      hidden = true,
      description = "Accepted and without effect.")
  private boolean integration;

  @Mixin private EngineOption engine = new EngineOption();

  @Override
  public Integer call() {
    if (mode.needsJson() && json == null) {
      throw new ParameterException(spec.commandLine(), mode + " needs --json");
    }
    try {
      return run();
    } catch (IllegalArgumentException | IllegalStateException e) {
      return complain(e.getMessage(), ExitCode.USAGE); // The engine asked for does not work.
    } catch (NoSuchFileException e) {
      return complain("no such file: " + e.getFile(), ExitCode.BAD);
    } catch (AccessDeniedException e) {
      return complain("permission denied: " + e.getFile(), ExitCode.BAD);
    } catch (ArrowFormatException e) {
      return complain(e.getMessage(), ExitCode.BAD);
    } catch (IOException e) {
      return complain(e.getMessage() == null ? e.toString() : e.getMessage(), ExitCode.BAD);
    }
  }

  private int run() throws IOException {
    if (mode == Mode.VALIDATE) {
      return validate();
    }
    IntegrationConversion conversion = new IntegrationConversion(engine.id());
    switch (mode) {
      case JSON_TO_ARROW -> {
        refuseSameFile();
        conversion.jsonToFile(path(json), path(arrow));
      }
      case ARROW_TO_JSON -> {
        refuseSameFile();
        conversion.arrowToJson(path(arrow), path(json));
      }
      case FILE_TO_STREAM -> conversion.fileToStream(path(arrow), main.terminal().bytes());
      case STREAM_TO_FILE -> {
        if (arrow.equals(STANDARD_OUTPUT)) {
          conversion.streamToFile(System.in, main.terminal().bytes());
        } else {
          conversion.streamToFile(System.in, path(arrow));
        }
      }
      default -> throw new AssertionError(mode);
    }
    return ExitCode.FINE;
  }

  private int validate() throws IOException {
    Quirks quirks = new Quirks(!decimals, !date64, !times);
    IntegrationDifference found =
        new IntegrationCheck(engine.id(), quirks).firstDifference(path(json), path(arrow));
    return found == null
        ? ExitCode.FINE
        : complain(arrow + " is not what its JSON says: " + found, ExitCode.BAD);
  }

  private void refuseSameFile() throws IOException {
    if (Files.exists(path(arrow))
        && Files.exists(path(json))
        && Files.isSameFile(path(arrow), path(json))) {
      throw new ParameterException(spec.commandLine(), "the output is the input");
    }
  }

  private Path path(@Nullable String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new ParameterException(spec.commandLine(), "not a path: " + name);
    }
  }

  private int complain(String text, int code) {
    main.terminal().message(Cells.printable(text));
    return code;
  }
}
