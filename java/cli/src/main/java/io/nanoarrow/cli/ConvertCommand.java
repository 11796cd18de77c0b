package io.nanoarrow.cli;

import io.nanoarrow.Output;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes streams and files anew. */
@Command(
    name = "convert",
    sortOptions = false,
    usageHelpAutoWidth = false,
    customSynopsis = {
      "nanoarrow convert [OPTIONS] IN... OUT",
      "   or: nanoarrow convert [OPTIONS] --out-dir DIR IN..."
    },
    description = {
      "Writes streams and files anew: in the other format, compressed, in other batches.",
      "Several INs with one schema become one OUT. \"-\" is standard input or output. An output"
          + " appears under its name when it is complete; no input is overwritten.",
      "A file cannot hold a dictionary that is replaced: such an input is refused unless"
          + " dictionaries are unified."
    })
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Main main;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Parameters(
      paramLabel = "IN... OUT",
      arity = "1..*",
      hideParamSyntax = true,
      description = "Arrow streams and files; without --out-dir the last is written.")
  private List<String> names;

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "One output an input, named after it with .arrow (file) or .arrows (stream).")
  private @Nullable String folder;

  @Option(
      names = "--to",
      paramLabel = "file|stream",
      description = "The format; without it by OUT's ending, in DIR a file, on \"-\" a stream.")
  private ConvertTargets.@Nullable Format format;

  @Option(
      names = "--compression",
      paramLabel = "none|lz4|zstd[:LEVEL]",
      defaultValue = "none",
      description = "How bodies are compressed; none unless given.")
  private String compression;

  @Option(
      names = "--batch-rows",
      paramLabel = "N",
      description = "Splits and merges batches to N rows each.")
  private long batchRows;

  @Option(
      names = "--columns",
      paramLabel = "A,B.c",
      split = ",",
      hideParamSyntax = true,
      description = "Only these columns; B.c is the child c of B.")
  private @Nullable List<String> columns;

  @Option(
      names = "--deltas",
      description = "Writes dictionaries that only grew as deltas; to a file that is always so.")
  private boolean deltas;

  @Option(
      names = "--unify-dictionaries",
      description = "Merges the dictionaries of all batches and rewrites the indices.")
  private boolean unify;

  @Option(
      names = "--metadata-version",
      paramLabel = "V4|V5",
      defaultValue = "V5",
      description = "The version of the metadata; V5 unless given.")
  private MetadataVersion metadataVersion;

  @Option(names = "--legacy", description = "Frames messages as before Arrow 0.15.")
  private boolean legacy;

  @Option(
      names = "--alignment",
      paramLabel = "8|16|32|64",
      defaultValue = "64",
      description = "Aligns buffers to so many bytes; 64 unless given.")
  private int alignment;

  @Mixin private EngineOption engine = new EngineOption();

  @Override
  public Integer call() {
    ConvertTargets targets = new ConvertTargets(names, folder, format);
    List<ConvertTargets.Job> jobs;
    WriteOptions.Builder options;
    try {
      options = writeOptions();
      jobs = targets.jobs();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (IOException e) {
      return report(String.valueOf(folder), e);
    }
    int worst = ExitCode.FINE;
    for (ConvertTargets.Job job : jobs) {
      // In a file growth can be told only by deltas.
      options.emitDictionaryDeltas(deltas || job.toFile());
      worst = Math.max(worst, run(job, options.build()));
    }
    return worst;
  }

  private WriteOptions.Builder writeOptions() {
    return WriteOptions.builder()
        .engine(engine.id())
        .compression(Compression.parse(compression))
        .batchRows(batchRows)
        .unifyDictionaries(unify)
        .metadataVersion(metadataVersion)
        .legacyFormat(legacy)
        .alignmentBytes(alignment);
  }

  private int run(ConvertTargets.Job job, WriteOptions writing) {
    ReadOptions.Builder reading = ReadOptions.builder().engine(engine.id());
    if (columns != null) {
      reading.columns(columns.toArray(String[]::new));
    }
    boolean standard = job.output().equals(Inputs.STANDARD);
    String name = standard ? "standard output" : job.output();
    Output output = standard ? standardOutput() : new Output.PathOutput(Path.of(job.output()));
    try {
      new Conversion(reading.build(), writing, main.terminal().progress())
          .run(job.inputs(), output, name, job.toFile());
      return ExitCode.FINE;
    } catch (Conversion.Failed e) {
      if (standard && e.file().equals(name) && e.getCause() instanceof IOException broken) {
        throw Terminal.failure(broken);
      }
      return report(e.file(), e.getCause());
    }
  }

  private Output standardOutput() {
    OutputStream bytes = main.terminal().bytes();
    return bytes instanceof FileOutputStream file
        ? new Output.ChannelOutput(file.getChannel(), false)
        : new Output.StreamOutput(bytes, false);
  }

  private int report(String file, Throwable cause) {
    Attempt failure = Attempt.failedWith(cause);
    if (failure == null) {
      throw new IllegalStateException(cause);
    }
    return failure.report(main.terminal(), file);
  }
}
