package io.nanoarrow.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads everything with full validation and names the first defect. */
@Command(
    name = "validate",
    description = "Checks all that is in each file and names the first defect.")
final class ValidateCommand extends FileCommand {
  @Mixin private EngineOption engine = new EngineOption();

  @Option(names = "--json", description = "Writes one JSON object a file.")
  private boolean json;

  @Override
  int handle(String name, Path path) throws IOException {
    long batches = 0;
    long rows = 0;
    ArrowFormatException defect = null;
    try (BatchReader reader = openFully(path)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        batches++;
        rows += batch.rowCount();
        batch.close();
      }
    } catch (ArrowFormatException e) {
      defect = e;
    }
    print(name, batches, rows, defect);
    return defect == null ? ExitCode.FINE : ExitCode.BAD;
  }

  private BatchReader openFully(Path path) throws IOException {
    ReadOptions options =
        ReadOptions.builder().engine(engine.id()).validation(ValidationLevel.FULL).build();
    try {
      return ArrowIpc.open(path, options);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new WrongUse(e.getMessage());
    }
  }

  private void print(String name, long batches, long rows, @Nullable ArrowFormatException defect) {
    if (json) {
      terminal().println(Json.text(out -> write(out, name, batches, rows, defect)));
    } else if (defect == null) {
      String counts = batches + " batches, " + rows + " rows";
      terminal().println(Cells.printable(name) + ": valid, " + counts);
    } else {
      String where = " after " + batches + " batches: ";
      terminal().println(Cells.printable(name + ": bad" + where + defect.getMessage()));
    }
  }

  private static void write(
      JsonGenerator out,
      String name,
      long batches,
      long rows,
      @Nullable ArrowFormatException defect)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("file", name);
    out.writeBooleanField("valid", defect == null);
    out.writeNumberField("batches", batches);
    out.writeNumberField("rows", rows);
    if (defect != null) {
      out.writeObjectFieldStart("defect");
      out.writeStringField("kind", defect.kind().name());
      out.writeStringField("detail", defect.detail());
      if (defect.byteOffset() != ArrowFormatException.UNKNOWN_OFFSET) {
        out.writeNumberField("byteOffset", defect.byteOffset());
      }
      if (defect.columnPath() != null) {
        out.writeStringField("column", defect.columnPath());
      }
      if (defect.row() != ArrowFormatException.NO_ROW) {
        out.writeNumberField("row", defect.row());
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
