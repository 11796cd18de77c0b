package io.nanoarrow.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.BatchReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts what is there. */
@Command(
    name = "stats",
    description = "Counts batches, rows, nulls, bytes on the wire and decoded, dictionaries.")
final class StatsCommand extends FileCommand {
  @Mixin private EngineOption engine = new EngineOption();

  @Option(names = "--json", description = "Writes one JSON object a file.")
  private boolean json;

  @Override
  int handle(String name, Path path) throws IOException {
    FileStats stats;
    try (BatchReader reader = open(path, engine.id())) {
      stats = FileStats.of(path, reader);
    }
    if (json) {
      terminal().println(Json.text(out -> write(out, name, stats)));
    } else {
      if (severalFiles()) {
        terminal().println(Cells.printable(name) + ":");
      }
      print(stats);
    }
    return ExitCode.FINE;
  }

  private void print(FileStats stats) {
    line("format", stats.file() ? "file" : "stream");
    line("columns", stats.schema().fields().size());
    line("batches", stats.batches());
    line("rows", stats.rows());
    line("nulls", stats.nulls().stream().mapToLong(Long::longValue).sum());
    line("file bytes", stats.fileBytes());
    line("wire bytes", stats.wireBytes());
    line("body bytes", stats.bodyBytes());
    line("decoded bytes", stats.decodedBytes());
    line("codec", stats.codec());
    if (!stats.codec().equals("none") && stats.bodyBytes() > 0) {
      double ratio = (double) stats.decodedBytes() / stats.bodyBytes();
      line("ratio", String.format(Locale.ROOT, "%.2f", ratio));
    }
    line("dictionaries", stats.dictionaries());
    line("dictionary batches", stats.read().dictionaryBatches());
    line("dictionary deltas", stats.read().dictionaryDeltas());
    line("replaced dictionaries", stats.read().replacedDictionaries());
    if (!stats.file()) {
      line("end marker", stats.read().endedWithoutMarker() ? "missing" : "present");
    }
    for (int i = 0; i < stats.nulls().size(); i++) {
      String column = Cells.printable(stats.schema().fields().get(i).name());
      line("column " + column, column(stats, i));
    }
  }

  private static String column(FileStats stats, int index) {
    FileStats.ColumnBytes bytes = stats.columns().get(index);
    String text = stats.nulls().get(index) + " nulls, " + bytes.wireBytes() + " bytes";
    if (stats.codec().equals("none") || bytes.wireBytes() == 0) {
      return text;
    }
    double ratio = (double) bytes.decodedBytes() / bytes.wireBytes();
    return text + String.format(Locale.ROOT, " of %d (%.2f)", bytes.decodedBytes(), ratio);
  }

  private void line(String name, Object value) {
    terminal().println(name + ": " + value);
  }

  private static void write(JsonGenerator out, String name, FileStats stats) throws IOException {
    out.writeStartObject();
    out.writeStringField("file", name);
    out.writeStringField("format", stats.file() ? "file" : "stream");
    out.writeNumberField("batches", stats.batches());
    out.writeNumberField("rows", stats.rows());
    out.writeArrayFieldStart("columns");
    for (int i = 0; i < stats.nulls().size(); i++) {
      out.writeStartObject();
      out.writeStringField("name", stats.schema().fields().get(i).name());
      out.writeNumberField("nulls", stats.nulls().get(i));
      out.writeNumberField("wireBytes", stats.columns().get(i).wireBytes());
      out.writeNumberField("decodedBytes", stats.columns().get(i).decodedBytes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("fileBytes", stats.fileBytes());
    out.writeNumberField("wireBytes", stats.wireBytes());
    out.writeNumberField("bodyBytes", stats.bodyBytes());
    out.writeNumberField("decodedBytes", stats.decodedBytes());
    out.writeStringField("codec", stats.codec());
    out.writeNumberField("dictionaries", stats.dictionaries());
    out.writeNumberField("dictionaryBatches", stats.read().dictionaryBatches());
    out.writeNumberField("dictionaryDeltas", stats.read().dictionaryDeltas());
    out.writeNumberField("replacedDictionaries", stats.read().replacedDictionaries());
    out.writeBooleanField("endedWithoutMarker", stats.read().endedWithoutMarker());
    out.writeEndObject();
  }
}
