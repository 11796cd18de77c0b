package io.nanoarrow.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values with a header, quoted as in RFC 4180, lines end with LF; nulls are empty,
 * empty strings are quoted, nested values are JSON. One thread.
 */
final class CsvFormat implements RowFormat {
  private final Terminal terminal;

  CsvFormat(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begin(List<Selection.Pick> columns) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      append(line, i, columns.get(i).name());
    }
    terminal.print(line.append("\n").toString());
  }

  @Override
  public void row(@Nullable Object[] values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      append(line, i, values[i] == null ? null : Cells.text(values[i]));
    }
    terminal.print(line.append("\n").toString());
  }

  @Override
  public void end() {}

  private static void append(StringBuilder line, int index, @Nullable String text) {
    if (index > 0) {
      line.append(',');
    }
    if (text == null) {
      return;
    }
    if (!needsQuotes(text)) {
      line.append(text);
      return;
    }
    line.append('"').append(text.replace("\"", "\"\"")).append('"');
  }

  private static boolean needsQuotes(String text) {
    if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }
}
