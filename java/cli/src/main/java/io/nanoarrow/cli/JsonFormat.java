package io.nanoarrow.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. One thread. */
final class JsonFormat implements RowFormat {
  private final Terminal terminal;
  private List<Selection.Pick> columns = List.of();

  JsonFormat(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begin(List<Selection.Pick> columns) {
    this.columns = columns;
  }

  @Override
  public void row(@Nullable Object[] values) {
    terminal.println(
        Json.text(
            json -> {
              json.writeStartObject();
              for (int i = 0; i < values.length; i++) {
                json.writeFieldName(columns.get(i).name());
                Cells.write(json, values[i]);
              }
              json.writeEndObject();
            }));
  }

  @Override
  public void end() {}
}
