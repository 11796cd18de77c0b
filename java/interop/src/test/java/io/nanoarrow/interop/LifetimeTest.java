package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that two libraries share goes once, with the last owner, whoever that is. */
class LifetimeTest {
  private static final int ROWS = 50;

  @TestFactory
  Stream<DynamicTest> ownersOfAnExportedBatchCloseInAnyOrder() {
    return Samples.ENGINES.stream()
        .flatMap(
            engine ->
                orders(4)
                    .map(
                        order ->
                            DynamicTest.dynamicTest(
                                engine + " " + order, () -> closeExported(engine, order))));
  }

  private static void closeExported(String engine, List<Integer> order) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(SampleTypes.all(), ROWS, allocator)) {
        StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 1));
        RecordBatch batch = reader.next();
        RecordBatch second = batch.retain();
        VectorSchemaRoot exported = ExportTest.export(batch, allocator);
        List<AutoCloseable> owners = List.of(reader, batch, second, exported);
        for (int i = 0; i < order.size(); i++) {
          owners.get(order.get(i)).close();
          if (!order.subList(0, i + 1).contains(3)) {
            ArrowJava.assertSame(written, exported);
          }
        }
        owners.get(0).close();
        owners.get(1).close();
        owners.get(2).close();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> ownersOfAnImportedBatchCloseInAnyOrder() {
    return orders(3)
        .map(
            order ->
                DynamicTest.dynamicTest(
                    order.toString(),
                    () -> {
                      try (MemoryCheck memory = new MemoryCheck()) {
                        BufferAllocator allocator = memory.allocator();
                        VectorSchemaRoot produced =
                            ArrowJava.root(SampleTypes.all(), ROWS, allocator);
                        RecordBatch batch = ImportTest.imported(produced, allocator);
                        VectorSchemaRoot back = ExportTest.export(batch, allocator);
                        List<AutoCloseable> owners = List.of(produced, batch, back);
                        for (int owner : order) {
                          owners.get(owner).close();
                        }
                      }
                    }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void anExportThatNobodyImportsIsReleasedByItsHolder(String engine) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(SampleTypes.all(), ROWS, allocator);
          ArrowArray array = ArrowArray.allocateNew(allocator);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        byte[] bytes = ArrowJava.stream(written, 2);
        StreamReader reader = Samples.open(engine, bytes);
        try (RecordBatch batch = reader.next()) {
          batch.exportBatch(array.memoryAddress(), 0);
        }
        reader.exportStream(stream.memoryAddress());
        array.release();
        stream.release();
        assertEquals(0, array.snapshot().release);
        assertEquals(0, stream.snapshot().release);
      }
    }
  }

  /** Returns all orders of 0 to n - 1. */
  private static Stream<List<Integer>> orders(int n) {
    List<List<Integer>> orders = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < n; i++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> order : orders) {
        for (int at = 0; at <= order.size(); at++) {
          List<Integer> more = new ArrayList<>(order);
          more.add(at, i);
          longer.add(more);
        }
      }
      orders = longer;
    }
    return orders.stream();
  }
}
