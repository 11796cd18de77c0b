package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** arrow-java reads what nanoarrow exports. */
class ExportTest {
  private static final int ROWS = 100;

  @TestFactory
  Stream<DynamicTest> anExportedBatchHasTheSchemaAndValuesThatWereWritten() {
    return Samples.eachEngineAndType(
        (engine, field, memory) -> {
          BufferAllocator allocator = memory.allocator();
          try (VectorSchemaRoot written = ArrowJava.root(List.of(field), ROWS, allocator);
              StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 1));
              RecordBatch batch = reader.next();
              VectorSchemaRoot read = export(batch, allocator)) {
            ArrowJava.assertSame(written, read);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anEmptyBatchIsExportedToo() {
    return Samples.eachEngineAndType(
        (engine, field, memory) -> {
          BufferAllocator allocator = memory.allocator();
          try (VectorSchemaRoot written = ArrowJava.root(List.of(field), 0, allocator);
              StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 1));
              RecordBatch batch = reader.next();
              VectorSchemaRoot read = export(batch, allocator)) {
            ArrowJava.assertSame(written, read);
          }
        });
  }

  /**
   * arrow-java 19 takes every array as if its offset were 0: the buffers of a slice begin where it
   * does, if that is at a whole byte of its bitmaps. Runs alone have no such place.
   */
  @TestFactory
  Stream<DynamicTest> arrowJavaReadsAnExportedSlice() {
    return Samples.eachEngineAndType(
        (engine, field, memory) -> {
          BufferAllocator allocator = memory.allocator();
          try (VectorSchemaRoot written = ArrowJava.root(List.of(field), ROWS, allocator);
              StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 1));
              RecordBatch batch = reader.next();
              RecordBatch slice = batch.slice(16, 50);
              VectorSchemaRoot read = export(slice, allocator)) {
            boolean isRuns = field.getType() instanceof ArrowType.RunEndEncoded;
            assertEquals(50, read.getRowCount());
            for (int row = 0; row < 50 && !isRuns; row++) {
              assertEquals(
                  ArrowJava.text(written.getVector(0), 16 + row),
                  ArrowJava.text(read.getVector(0), row),
                  "row " + row);
            }
          }
        });
  }

  /** Read back by nanoarrow, at any offset. */
  @TestFactory
  Stream<DynamicTest> anExportedSliceHasItsRowsOnly() {
    return Samples.eachEngineAndType(
        (engine, field, memory) -> {
          BufferAllocator allocator = memory.allocator();
          try (VectorSchemaRoot written = ArrowJava.root(List.of(field), ROWS, allocator);
              StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 1));
              RecordBatch batch = reader.next();
              RecordBatch slice = batch.slice(13, 50);
              ArrowArray array = ArrowArray.allocateNew(allocator);
              ArrowSchema schema = ArrowSchema.allocateNew(allocator)) {
            slice.exportBatch(array.memoryAddress(), schema.memoryAddress());
            try (RecordBatch read =
                ArrowIpc.importBatch(array.memoryAddress(), schema.memoryAddress())) {
              assertEquals(50, read.rowCount());
              assertEquals(slice, read);
            }
            schema.release();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void anExportedStreamHasEveryBatchOfAllTypes(String engine) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(SampleTypes.all(), ROWS, allocator);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        try (StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 3))) {
          reader.exportStream(stream.memoryAddress());
        }
        int batches = 0;
        try (ArrowReader read = Data.importArrayStream(allocator, stream)) {
          while (read.loadNextBatch()) {
            ArrowJava.assertSame(written, read.getVectorSchemaRoot());
            batches++;
          }
        }
        assertEquals(3, batches);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"native,LZ4_FRAME", "native,ZSTD", "pure,LZ4_FRAME", "pure,ZSTD"})
  void aCompressedStreamIsExportedDecompressed(String engine, CompressionUtil.CodecType codec)
      throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(SampleTypes.all(), ROWS, allocator);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        byte[] bytes = ArrowJava.compressed(written, codec);
        try (StreamReader reader = Samples.open(engine, bytes)) {
          reader.exportStream(stream.memoryAddress());
        }
        try (ArrowReader read = Data.importArrayStream(allocator, stream)) {
          assertTrue(read.loadNextBatch());
          ArrowJava.assertSame(written, read.getVectorSchemaRoot());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aStreamWithoutBatchesEndsAtOnce(String engine) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(SampleTypes.all(), 0, allocator);
          StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 0));
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        reader.exportStream(stream.memoryAddress());
        try (ArrowReader read = Data.importArrayStream(allocator, stream)) {
          assertEquals(written.getSchema(), read.getVectorSchemaRoot().getSchema());
          assertFalse(read.loadNextBatch());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aStreamThatBreaksOffGivesTheConsumerTheReason(String engine) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(SampleTypes.all(), ROWS, allocator);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        byte[] bytes = ArrowJava.stream(written, 2);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1000);
        Samples.open(engine, cut).exportStream(stream.memoryAddress());
        try (ArrowReader read = Data.importArrayStream(allocator, stream)) {
          assertTrue(read.loadNextBatch());
          IOException e = assertThrows(IOException.class, read::loadNextBatch);
          assertTrue(e.getMessage().contains("TRUNCATED"), e.getMessage());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void anExportedDictionaryHasItsValues(String engine) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VarCharVector values = new VarCharVector("color", allocator);
          VarCharVector words = new VarCharVector("dictionary", allocator)) {
        List<String> colors = List.of("red", "green", "blue");
        for (int row = 0; row < 30; row++) {
          if (row % 7 != 3) {
            values.setSafe(row, new Text(colors.get(row % 3)));
          }
        }
        values.setValueCount(30);
        for (int i = 0; i < 3; i++) {
          words.setSafe(i, new Text(colors.get(i)));
        }
        words.setValueCount(3);
        DictionaryEncoding encoding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
        Dictionary dictionary = new Dictionary(words, encoding);
        DictionaryProvider provider = new DictionaryProvider.MapDictionaryProvider(dictionary);
        try (IntVector indices = (IntVector) DictionaryEncoder.encode(values, dictionary);
            VectorSchemaRoot written = VectorSchemaRoot.of(indices);
            StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 1, provider));
            RecordBatch batch = reader.next();
            ArrowArray array = ArrowArray.allocateNew(allocator);
            ArrowSchema schema = ArrowSchema.allocateNew(allocator);
            CDataDictionaryProvider imported = new CDataDictionaryProvider()) {
          batch.exportBatch(array.memoryAddress(), schema.memoryAddress());
          try (VectorSchemaRoot read =
              Data.importVectorSchemaRoot(allocator, array, schema, imported)) {
            Field field = read.getSchema().getFields().get(0);
            Dictionary got = imported.lookup(field.getDictionary().getId());
            try (var decoded = DictionaryEncoder.decode(read.getVector(0), got)) {
              for (int row = 0; row < 30; row++) {
                assertEquals(values.getObject(row), decoded.getObject(row), "row " + row);
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aClosedBatchIsNotExported(String engine) throws Exception {
    try (MemoryCheck memory = new MemoryCheck()) {
      BufferAllocator allocator = memory.allocator();
      try (VectorSchemaRoot written = ArrowJava.root(SampleTypes.all(), 3, allocator);
          StreamReader reader = Samples.open(engine, ArrowJava.stream(written, 1));
          ArrowArray array = ArrowArray.allocateNew(allocator)) {
        RecordBatch batch = reader.next();
        batch.close();
        assertThrows(
            IllegalStateException.class, () -> batch.exportBatch(array.memoryAddress(), 0));
        assertEquals(0, array.snapshot().release);
      }
    }
  }

  static VectorSchemaRoot export(RecordBatch batch, BufferAllocator allocator) {
    try (ArrowArray array = ArrowArray.allocateNew(allocator);
        ArrowSchema schema = ArrowSchema.allocateNew(allocator)) {
      batch.exportBatch(array.memoryAddress(), schema.memoryAddress());
      return Data.importVectorSchemaRoot(allocator, array, schema, null);
    }
  }
}
