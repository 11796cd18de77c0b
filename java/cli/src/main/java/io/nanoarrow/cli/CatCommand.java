package io.nanoarrow.cli;

import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows rows. */
@Command(
    name = "cat",
    description = {
      "Shows rows, as a table on a screen and as CSV elsewhere.",
      "CSV: nulls are empty, empty strings quoted, nested values JSON. JSON: one object a line; maps"
          + " are arrays of key and value. Bytes are hexadecimal."
    })
final class CatCommand extends FileCommand {
  /** How rows are written. */
  enum Format {
    TABLE,
    CSV,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Option(names = "-n", paramLabel = "ROWS", description = "At most so many rows of each file.")
  private long rows = Long.MAX_VALUE;

  @Option(
      names = "--columns",
      paramLabel = "A,B.c",
      split = ",",
      hideParamSyntax = true,
      description = "Only these columns; B.c is the child c of the struct B.")
  private @Nullable List<String> columns;

  @Option(names = "--format", paramLabel = "table|csv|json", description = "How to write rows.")
  private @Nullable Format format;

  @Mixin private EngineOption engine = new EngineOption();

  @Override
  void prepare() {
    if (rows < 0) {
      throw usage("-n must not be negative: " + rows);
    }
  }

  @Override
  int handle(String name, Path path) throws IOException {
    try (BatchReader reader = open(path, engine.id())) {
      Selection selection =
          columns == null ? Selection.all(reader.schema()) : Selection.of(reader.schema(), columns);
      RowFormat out = rowFormat();
      if (severalFiles() && out instanceof TableFormat) {
        terminal().println(Cells.printable(name) + ":");
      }
      out.begin(selection.picks());
      try {
        copy(reader, selection, out);
      } finally {
        out.end();
      }
    }
    return ExitCode.FINE;
  }

  private void copy(BatchReader reader, Selection selection, RowFormat out) throws IOException {
    long left = rows;
    while (left > 0) {
      try (RecordBatch batch = reader.next()) {
        if (batch == null) {
          return;
        }
        List<Selection.Values> values = selection.in(batch);
        long count = Math.min(left, batch.rowCount());
        for (long row = 0; row < count; row++) {
          @Nullable Object[] cells = new Object[values.size()];
          for (int i = 0; i < cells.length; i++) {
            cells[i] = values.get(i).get(row);
          }
          out.row(cells);
        }
        left -= count;
      }
    }
  }

  private RowFormat rowFormat() {
    Format chosen = format != null ? format : terminal().columns() > 0 ? Format.TABLE : Format.CSV;
    return switch (chosen) {
      case TABLE -> new TableFormat(terminal());
      case CSV -> new CsvFormat(terminal());
      case JSON -> new JsonFormat(terminal());
    };
  }
}
