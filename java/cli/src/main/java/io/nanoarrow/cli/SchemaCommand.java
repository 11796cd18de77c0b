package io.nanoarrow.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.BatchReader;
import io.nanoarrow.FileReader;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows schemas. */
@Command(
    name = "schema",
    description = "Shows the schema with types, nullability, metadata and dictionaries.")
final class SchemaCommand extends FileCommand {
  @Mixin private EngineOption engine = new EngineOption();

  @Option(names = "--json", description = "Writes one JSON object a file.")
  private boolean json;

  @Override
  int handle(String name, Path path) throws IOException {
    try (BatchReader reader = open(path, engine.id())) {
      Schema schema = reader.schema();
      boolean file = reader instanceof FileReader;
      Metadata footer = file ? ((FileReader) reader).metadata() : Metadata.EMPTY;
      if (json) {
        terminal().println(Json.text(out -> write(out, name, schema, file, footer)));
      } else {
        if (severalFiles()) {
          terminal().println(Cells.printable(name) + ":");
        }
        String text = schema.toString();
        text.lines().forEach(line -> terminal().println(Cells.printable(line)));
        for (Metadata.Entry entry : footer.entries()) {
          terminal().println("-- footer: " + Cells.printable(entry.toString()));
        }
      }
    }
    return ExitCode.FINE;
  }

  private static void write(
      JsonGenerator out, String name, Schema schema, boolean file, Metadata footer)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("file", name);
    out.writeStringField("format", file ? "file" : "stream");
    fields(out, "fields", schema.fields());
    Json.metadata(out, "metadata", schema.metadata());
    if (file) {
      Json.metadata(out, "footerMetadata", footer);
    }
    out.writeEndObject();
  }

  private static void fields(JsonGenerator out, String name, List<Field> fields)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Field field : fields) {
      out.writeStartObject();
      out.writeStringField("name", field.name());
      out.writeStringField("type", field.type().toString());
      out.writeBooleanField("nullable", field.nullable());
      DictionaryEncoding dictionary = field.dictionary();
      if (dictionary != null) {
        out.writeObjectFieldStart("dictionary");
        out.writeNumberField("id", dictionary.id());
        out.writeStringField("indexType", dictionary.indexType().toString());
        out.writeBooleanField("ordered", dictionary.ordered());
        out.writeEndObject();
      }
      fields(out, "children", field.children());
      Json.metadata(out, "metadata", field.metadata());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
