package io.nanoarrow.cli;

import io.nanoarrow.schema.ArrowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a table for people: numbers to the right, long values cut with an ellipsis, nulls in
 * words. Widths are taken from the first rows and grow later where they must, so that memory stays
 * bounded. One thread.
 */
final class TableFormat implements RowFormat {
  private static final int PAGE_ROWS = 500;
  private static final int CELL_CHARS = 60;
  private static final String GAP = "  ";

  private final Terminal terminal;
  private final List<String[]> page = new ArrayList<>();
  private int[] widths = {};
  private boolean[] right = {};

  TableFormat(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begin(List<Selection.Pick> columns) {
    widths = new int[columns.size()];
    right = new boolean[columns.size()];
    String[] header = new String[columns.size()];
    for (int i = 0; i < header.length; i++) {
      header[i] = cut(Cells.printable(columns.get(i).name()));
      ArrowType type = columns.get(i).field().type();
      right[i] =
          type instanceof ArrowType.Int
              || type instanceof ArrowType.FloatingPoint
              || type instanceof ArrowType.Decimal;
    }
    page.clear();
    page.add(header);
  }

  @Override
  public void row(@Nullable Object[] values) {
    String[] row = new String[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = values[i] == null ? "null" : cut(Cells.printable(Cells.text(values[i])));
    }
    page.add(row);
    if (page.size() > PAGE_ROWS) {
      flush();
    }
  }

  @Override
  public void end() {
    flush();
  }

  private void flush() {
    for (String[] row : page) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], length(row[i]));
      }
    }
    for (String[] row : page) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String padding = " ".repeat(widths[i] - length(row[i]));
        line.append(i == 0 ? "" : GAP);
        line.append(right[i] ? padding : "").append(row[i]).append(right[i] ? "" : padding);
      }
      terminal.println(fit(line.toString().stripTrailing()));
    }
    page.clear();
  }

  /** Cuts a line at the edge of the screen. */
  private String fit(String line) {
    int columns = terminal.columns();
    return columns > 1 && length(line) > columns
        ? line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…"
        : line;
  }

  private static String cut(String text) {
    return length(text) > CELL_CHARS
        ? text.substring(0, text.offsetByCodePoints(0, CELL_CHARS - 1)) + "…"
        : text;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
