package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.StreamReader;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB scans what nanoarrow exports. */
class DuckDbTest {
  private static final int ROWS = 3000;

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void duckDbReadsEveryRowOfAnExportedStream(String engine) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(fields(), ROWS, allocator);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        try (StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 2))) {
          reader.exportStream(stream.memoryAddress());
        }
        try (DuckDBConnection duck =
                (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
            Statement statement = duck.createStatement()) {
          duck.registerArrowStream("t", stream);
          BigIntVector numbers = (BigIntVector) written.getVector("int64");
          VarCharVector texts = (VarCharVector) written.getVector("utf8");
          try (ResultSet rows =
              statement.executeQuery(
                  "SELECT int64, utf8, list.item FROM (SELECT int64, utf8,"
                      + " {'item': len(list)} AS list FROM t)")) {
            for (int row = 0; row < 2 * ROWS; row++) {
              assertTrue(rows.next(), "row " + row);
              int at = row % ROWS;
              long number = rows.getLong(1);
              assertEquals(numbers.isNull(at), rows.wasNull(), "row " + row);
              assertEquals(numbers.isNull(at) ? 0 : numbers.get(at), number, "row " + row);
              String text = rows.getString(2);
              assertEquals(
                  texts.isNull(at) ? null : texts.getObject(at).toString(), text, "row " + row);
              FieldVector lists = written.getVector("list");
              long items = rows.getLong(3);
              long expected = lists.isNull(at) ? 0 : ((List<?>) lists.getObject(at)).size();
              assertEquals(expected, items, "row " + row);
            }
            assertFalse(rows.next());
          }
        }
      }
    }
  }

  private static List<Field> fields() {
    return SampleTypes.all().stream()
        .filter(field -> List.of("int64", "utf8", "list").contains(field.getName()))
        .toList();
  }
}
