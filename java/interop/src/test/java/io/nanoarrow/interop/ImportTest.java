package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** nanoarrow reads what arrow-java exports. */
class ImportTest {
  private static final int ROWS = 100;

  @TestFactory
  Stream<DynamicTest> anImportedBatchHasTheSchemaAndValuesOfItsProducer() {
    return eachType(
        (field, allocator) -> {
          try (VectorSchemaRoot produced = ArrowJava.root(List.of(field), ROWS, allocator);
              RecordBatch batch = imported(produced, allocator)) {
            assertEquals(ROWS, batch.rowCount());
            assertEquals(field.getName(), batch.schema().fields().get(0).name());
            assertNullsAreTheSame(produced.getVector(0), batch);
            try (VectorSchemaRoot back = ExportTest.export(batch, allocator)) {
              ArrowJava.assertSame(produced, back);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anEmptyBatchIsImportedToo() {
    return eachType(
        (field, allocator) -> {
          try (VectorSchemaRoot produced = ArrowJava.root(List.of(field), 0, allocator);
              RecordBatch batch = imported(produced, allocator)) {
            assertEquals(0, batch.rowCount());
          }
        });
  }

  @Test
  void anImportedStreamHasEveryBatch() throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot produced = ArrowJava.root(SampleTypes.all(), ROWS, allocator);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        byte[] bytes = ArrowJava.stream(produced, 3);
        Data.exportArrayStream(
            allocator, new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator), stream);
        int batches = 0;
        try (StreamReader reader = ArrowIpc.importStream(stream.memoryAddress())) {
          assertEquals(SampleTypes.all().size(), reader.schema().fields().size());
          for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
            try (RecordBatch open = batch;
                VectorSchemaRoot back = ExportTest.export(open, allocator)) {
              ArrowJava.assertSame(produced, back);
            }
            batches++;
          }
          assertNull(reader.next());
        }
        assertEquals(3, batches);
        assertEquals(0, stream.snapshot().release);
      }
    }
  }

  @Test
  void aReleasedArrayIsRefused() {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot produced = ArrowJava.root(SampleTypes.all(), 3, allocator);
          ArrowArray array = ArrowArray.allocateNew(allocator);
          ArrowSchema schema = ArrowSchema.allocateNew(allocator)) {
        Data.exportVectorSchemaRoot(allocator, produced, null, array, schema);
        array.release();
        assertThrows(
            RuntimeException.class,
            () -> ArrowIpc.importBatch(array.memoryAddress(), schema.memoryAddress()));
        schema.release();
      }
    }
  }

  @Test
  void anArrayThatIsRefusedStaysTheProducers() {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      List<Field> fields = SampleTypes.all();
      try (VectorSchemaRoot one = ArrowJava.root(fields.subList(2, 3), 3, allocator);
          VectorSchemaRoot two = ArrowJava.root(fields.subList(2, 4), 3, allocator);
          ArrowArray array = ArrowArray.allocateNew(allocator);
          ArrowSchema schema = ArrowSchema.allocateNew(allocator)) {
        Data.exportVectorSchemaRoot(allocator, one, null, array);
        Data.exportSchema(allocator, two.getSchema(), null, schema);
        assertThrows(
            RuntimeException.class,
            () -> ArrowIpc.importBatch(array.memoryAddress(), schema.memoryAddress()));
        assertTrue(array.snapshot().release != 0);
        array.release();
        schema.release();
      }
    }
  }

  /** A test that may throw. */
  private interface Body {
    void run(Field field, BufferAllocator allocator) throws Exception;
  }

  private static Stream<DynamicTest> eachType(Body body) {
    return SampleTypes.all().stream()
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.getName(),
                    () -> {
                      try (MemoryCheck memory = new MemoryCheck()) {
                        body.run(field, memory.allocator());
                      }
                    }));
  }

  static RecordBatch imported(VectorSchemaRoot produced, BufferAllocator allocator) {
    try (ArrowArray array = ArrowArray.allocateNew(allocator);
        ArrowSchema schema = ArrowSchema.allocateNew(allocator)) {
      Data.exportVectorSchemaRoot(allocator, produced, null, array, schema);
      RecordBatch batch = ArrowIpc.importBatch(array.memoryAddress(), schema.memoryAddress());
      assertEquals(0, array.snapshot().release, "the array was moved");
      schema.release();
      return batch;
    }
  }

  private static void assertNullsAreTheSame(FieldVector produced, RecordBatch batch) {
    for (int row = 0; row < ROWS; row++) {
      // Not isNull: arrow-java does not ask a union's children.
      boolean isNull = produced.getObject(row) == null;
      assertEquals(isNull, batch.column(0).isNull(row), "row " + row);
    }
  }
}
