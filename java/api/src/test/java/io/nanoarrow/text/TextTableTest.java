package io.nanoarrow.text;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.batch;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.strings;
import static io.nanoarrow.testing.TestArrays.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsCells() {
    TextTable table = new TextTable(List.of("n", "name")).alignRight(0);
    table.addRow(List.of("1", "a")).addRow(List.of("100", ""));
    assertEquals("  n | name\n----+-----\n  1 | a\n100 |\n", table.toString());
  }

  @Test
  void controlCharactersCannotLeaveTheCell() {
    TextTable table = new TextTable(List.of("a\u001b[31m"));
    table.addRow(List.of("x\r\ny\t\u0085\u007f"));
    String text = table.toString();
    assertEquals(3, text.lines().count());
    assertTrue(text.contains("a\\u001b[31m"), text);
    assertTrue(text.contains("x\\u000d\\ny\\t\\u0085\\u007f"), text);
  }

  @Test
  void rowMustHaveACellForEachHeader() {
    TextTable table = new TextTable(List.of("a", "b"));
    assertThrows(IllegalArgumentException.class, () -> table.addRow(List.of("x")));
  }

  @Test
  void rowsColumnsAndCellsAreBounded() {
    ColumnData[] columns = new ColumnData[40];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = named("c" + i, strings("x".repeat(100), "y", "z"));
    }
    try (RecordBatch batch = batch(columns)) {
      String text = TextTable.of(batch.schema(), List.of(batch, batch), 4);
      assertTrue(text.contains("(2 more rows)"), text);
      assertTrue(text.contains("(8 more columns)"), text);
      assertTrue(text.contains("x".repeat(39) + "… |"), text);
      assertEquals(2 + 4 + 2, text.lines().count());
    }
  }

  @Test
  void valuesThatBreakTheFormatAreNamedInTheirCell() {
    ColumnData bad = named("bad", array(new ArrowType.Utf8(), 1, i32(5, 2), text("abc")));
    try (RecordBatch batch = batch(bad, named("good", ints(7)))) {
      assertTrue(batch.toString().contains("<INVALID_DATA> |    7"), batch.toString());
    }
  }

  @Test
  void batchWithoutColumnsKeepsItsRowCount() {
    try (RecordBatch batch = batch(7)) {
      assertTrue(batch.toString().startsWith("RecordBatch of 7 rows, 0 columns"));
    }
  }
}
