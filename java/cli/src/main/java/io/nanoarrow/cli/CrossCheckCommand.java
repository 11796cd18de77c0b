package io.nanoarrow.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.crosscheck.CrossCheck;
import io.nanoarrow.crosscheck.Difference;
import io.nanoarrow.crosscheck.Outcome;
import io.nanoarrow.crosscheck.Participant;
import io.nanoarrow.crosscheck.Report;
import io.nanoarrow.crosscheck.Rewrite;
import io.nanoarrow.crosscheck.Source;
import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares decoders. */
@Command(
    name = "crosscheck",
    description = {
      "Decodes each file with several decoders and compares schema, metadata and every buffer.",
      "Then each engine writes it anew into a temporary file, which all read.",
      "The bound nanoarrow runs only on what native has read with full checks. What it is known to"
          + " refuse or get wrong is shown as a known fault and does not change the exit code. A file"
          + " that one engine reads and another does not support differs."
    },
    footer = {
      "",
      "Exit codes: 0 all read the same; 1 all refuse a file alike, or I/O; 2 wrong usage;",
      "3 differences. Of several files the highest."
    })
final class CrossCheckCommand extends FileCommand {
  @Option(
      names = {"--engines"},
      paramLabel = "native,pure,nanoarrow",
      split = ",",
      hideParamSyntax = true,
      description = "Who takes part, the one to compare with first. Without it all that work here.")
  private @Nullable List<String> engines;

  @Option(names = "--all", description = "Shows all differences (up to 1000 a file).")
  private boolean all;

  @Option(names = "--decode-only", description = "Writes nothing anew.")
  private boolean decodeOnly;

  @Option(names = "--json", description = "Writes one JSON object a file.")
  private boolean json;

  private @Nullable CrossCheck check;

  @Override
  void prepare() {
    List<Participant> found = CrossCheck.find(problem -> terminal().message(problem));
    List<Participant> chosen = engines == null ? working(found) : named(found, engines);
    try {
      List<WriteOptions> rewriting = decodeOnly ? List.of() : List.of(WriteOptions.DEFAULT);
      check = new CrossCheck(chosen, all, rewriting);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    if (chosen.size() == 1) {
      terminal().message("only " + chosen.get(0).id() + " takes part: nothing is compared");
    }
  }

  private List<Participant> working(List<Participant> found) {
    List<Participant> working = new ArrayList<>();
    for (Participant participant : found) {
      String reason = participant.unavailableReason();
      if (reason == null) {
        working.add(participant);
      } else {
        terminal().message("without " + participant.id() + ": " + reason);
      }
    }
    return working;
  }

  private List<Participant> named(List<Participant> found, List<String> ids) {
    List<Participant> chosen = new ArrayList<>();
    for (String id : ids) {
      Participant participant =
          found.stream().filter(p -> p.id().equals(id)).findFirst().orElse(null);
      if (participant == null) {
        throw usage(
            "no engine \"" + id + "\"; there are " + found.stream().map(Participant::id).toList());
      }
      String reason = participant.unavailableReason();
      if (reason != null) {
        throw usage(id + " does not work here: " + reason);
      }
      if (!chosen.contains(participant)) {
        chosen.add(participant);
      }
    }
    return chosen;
  }

  @Override
  int handle(String name, Path path) throws IOException {
    Report report = check.run(Source.of(path));
    if (json) {
      terminal().println(Json.text(out -> write(out, report)));
    } else {
      print(report);
    }
    return switch (report.verdict()) {
      case IDENTICAL, READ -> ExitCode.FINE;
      case REFUSED, UNSUPPORTED -> ExitCode.BAD;
      case DIFFERENT -> ExitCode.DIFFERENT;
    };
  }

  private void print(Report report) {
    String verdict = report.verdict().name().toLowerCase(Locale.ROOT);
    terminal().println(Cells.printable(report.source()) + ": " + verdict);
    for (Outcome outcome : report.outcomes()) {
      String text = outcome.participant() + ": " + outcome.describe();
      terminal().println("  " + Cells.printable(text));
    }
    for (Rewrite rewrite : report.rewrites()) {
      String text = "written by " + rewrite.writer() + ": " + rewrite.describe();
      terminal().println("  " + Cells.printable(text));
    }
    for (Difference difference : report.differences()) {
      terminal().println("  difference: " + Cells.printable(difference.toString()));
    }
    if (report.differenceCount() > report.differences().size()) {
      terminal().println("  differences in all: " + report.differenceCount());
    }
  }

  private static void write(JsonGenerator out, Report report) throws IOException {
    out.writeStartObject();
    out.writeStringField("file", report.source());
    out.writeStringField("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
    out.writeArrayFieldStart("participants");
    for (Outcome outcome : report.outcomes()) {
      out.writeStartObject();
      out.writeStringField("id", outcome.participant());
      out.writeStringField("status", outcome.status().name().toLowerCase(Locale.ROOT));
      if (outcome.kind() != null) {
        out.writeStringField("kind", outcome.kind().name());
      }
      out.writeNumberField("batches", outcome.batches());
      out.writeNumberField("rows", outcome.rows());
      out.writeStringField("detail", outcome.detail());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("rewrites");
    for (Rewrite rewrite : report.rewrites()) {
      out.writeStartObject();
      out.writeStringField("writer", rewrite.writer());
      out.writeStringField("status", rewrite.status().name().toLowerCase(Locale.ROOT));
      if (rewrite.kind() != null) {
        out.writeStringField("kind", rewrite.kind().name());
      }
      out.writeStringField("detail", rewrite.detail());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("differenceCount", report.differenceCount());
    out.writeArrayFieldStart("differences");
    for (Difference difference : report.differences()) {
      out.writeStartObject();
      place(out, "batch", difference.batch());
      out.writeStringField("column", difference.column());
      out.writeStringField("part", difference.part());
      place(out, "row", difference.row());
      place(out, "byte", difference.byteOffset());
      place(out, "fileByte", difference.fileOffset());
      out.writeObjectFieldStart("values");
      for (Map.Entry<String, String> value : difference.values().entrySet()) {
        out.writeStringField(value.getKey(), value.getValue());
      }
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void place(JsonGenerator out, String name, long value) throws IOException {
    if (value == Difference.NOWHERE) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, value);
    }
  }
}
