package io.nanoarrow.cli;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.inspect.RepairReport;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Recovers what a damaged stream or file still holds. */
@Command(
    name = "repair",
    sortOptions = false,
    usageHelpAutoWidth = false,
    description = {
      "Recovers what a truncated, unclosed or damaged stream or file still holds.",
      "Whole messages are copied and checked; what was lost is said. IN stays as it is; OUT must",
      "not be there."
    })
final class RepairCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Main main;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Mixin private EngineOption engine = new EngineOption();

  @Parameters(index = "0", paramLabel = "IN", description = "The damaged stream or file.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The new one.")
  private Path out;

  @Override
  public Integer call() {
    if (Files.exists(out)) {
      throw new ParameterException(spec.commandLine(), out + " is there already");
    }
    try {
      print(ArrowIpc.repair(in, out, ReadOptions.builder().engine(engine.id()).build()));
      return ExitCode.FINE;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (NoSuchFileException e) {
      return report(in + ": no such file");
    } catch (FileAlreadyExistsException e) {
      return report(out + ": is there already");
    } catch (ArrowFormatException | IOException e) {
      return report(in + ": " + e.getMessage());
    }
  }

  private int report(String text) {
    main.terminal().message(Cells.printable(text));
    return ExitCode.BAD;
  }

  private void print(RepairReport report) {
    Terminal to = main.terminal();
    to.println(
        "kept: "
            + report.batches()
            + " batches, "
            + report.rows()
            + " rows, "
            + report.dictionaryBatches()
            + " dictionary batches, "
            + report.keptBytes()
            + " bytes");
    to.println("lost: " + report.lostBytes() + " bytes");
    report
        .lost()
        .forEach(
            problem ->
                to.println(Cells.printable("  at " + problem.offset() + ": " + problem.text())));
  }
}
