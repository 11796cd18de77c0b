package io.nanoarrow.text;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells in aligned columns. Control characters are shown as escapes, so that a cell stays on its
 * line and cannot steer a terminal. Not for several threads.
 */
public final class TextTable {
  /** Rows that {@code toString} of batches and tables shows. */
  public static final int DEFAULT_ROWS = 20;

  private static final int MAX_COLUMNS = 32;
  private static final int MAX_CELL_CHARS = 40;

  private final List<String> headers;
  private final boolean[] right;
  private final int[] widths;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public TextTable(List<String> headers) {
    this.headers = headers.stream().map(TextTable::printable).toList();
    right = new boolean[headers.size()];
    widths = this.headers.stream().mapToInt(TextTable::width).toArray();
  }

  /**
   * Returns the first rows of batches, bounded in columns and cells too, and how many there are.
   */
  public static String of(Schema schema, List<RecordBatch> batches, int maxRows) {
    List<Field> fields = schema.fields();
    int columns = Math.min(fields.size(), MAX_COLUMNS);
    TextTable table =
        new TextTable(fields.subList(0, columns).stream().map(f -> cut(f.name())).toList());
    for (int i = 0; i < columns; i++) {
      if (isNumber(fields.get(i).type())) {
        table.alignRight(i);
      }
    }
    long shown = 0;
    long total = 0;
    for (RecordBatch batch : batches) {
      long rows = Math.min(maxRows - shown, batch.rowCount());
      for (long row = 0; row < rows; row++) {
        table.addRow(cells(batch, columns, row));
      }
      shown += rows;
      total += batch.rowCount();
    }
    StringBuilder out = new StringBuilder(table.toString());
    if (shown < total) {
      out.append("(").append(total - shown).append(" more rows)\n");
    }
    if (columns < fields.size()) {
      out.append("(").append(fields.size() - columns).append(" more columns)\n");
    }
    return out.toString();
  }

  /** Aligns a column to the right, as numbers are. */
  public TextTable alignRight(int column) {
    right[column] = true;
    return this;
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException when it has not one cell a header
   */
  public TextTable addRow(List<String> cells) {
    if (cells.size() != headers.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells for " + headers.size() + " columns");
    }
    List<String> row = cells.stream().map(TextTable::printable).toList();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(row.get(i)));
    }
    rows.add(row);
    return this;
  }

  /** Returns headers, a rule and the rows, each line ended by a newline. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    appendLine(out, headers);
    for (int i = 0; i < widths.length; i++) {
      out.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
    }
    out.append('\n');
    rows.forEach(row -> appendLine(out, row));
    return out.toString();
  }

  private void appendLine(StringBuilder out, List<String> cells) {
    int lineStart = out.length();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - width(cells.get(i)));
      out.append(i == 0 ? "" : " | ");
      out.append(right[i] ? padding + cells.get(i) : cells.get(i) + padding);
    }
    int end = out.length();
    while (end > lineStart && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
    out.append('\n');
  }

  private static List<String> cells(RecordBatch batch, int columns, long row) {
    List<String> cells = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      cells.add(cell(batch, i, row));
    }
    return cells;
  }

  private static String cell(RecordBatch batch, int index, long row) {
    try {
      Column column = batch.column(index);
      return column.text(row, MAX_CELL_CHARS);
    } catch (ArrowFormatException e) {
      return "<" + e.kind() + ">";
    }
  }

  private static String cut(String name) {
    return name.length() <= MAX_CELL_CHARS ? name : name.substring(0, MAX_CELL_CHARS - 1) + "…";
  }

  private static boolean isNumber(ArrowType type) {
    return type instanceof ArrowType.Int
        || type instanceof ArrowType.FloatingPoint
        || type instanceof ArrowType.Decimal;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static String printable(String cell) {
    if (cell.chars().noneMatch(Character::isISOControl)) {
      return cell;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == '\n') {
        out.append("\\n");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (Character.isISOControl(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
