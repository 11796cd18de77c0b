package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.StreamReader;
import io.nanoarrow.Table;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.testing.ArrowTesting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams written by other implementations, read by arrow-java itself and by nanoarrow, whose
 * export arrow-java imports: the same values.
 */
class CorpusTest {
  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aRealStreamHasTheValuesThatArrowJavaReads(String engine) throws Exception {
    List<Path> files = ArrowTesting.files("CorpusTest " + engine, "integration", ".stream");
    List<String> compared = new ArrayList<>();
    List<String> notReadByArrowJava = new ArrayList<>();
    List<String> unsupported = new ArrayList<>();
    List<String> bigEndian = new ArrayList<>();
    for (Path file : files) {
      String name = file.getParent().getFileName() + "/" + file.getFileName();
      try (MemoryCheck memory = new MemoryCheck()) {
        if (name.startsWith("1.0.0-bigendian/")) {
          // arrow-java does not swap bytes: it reads other values than were written, in silence.
          bigEndian.add(name);
        } else if (!isSupported(engine, file, name)) {
          unsupported.add(name);
        } else if (!arrowJavaReads(file, memory.allocator())) {
          notReadByArrowJava.add(name);
        } else {
          compare(engine, file, name, memory.allocator());
          compared.add(name);
        }
      }
    }
    System.out.printf(
        "%s: %d streams compared; left out: %d big-endian, which arrow-java reads wrongly; %d not"
            + " read by arrow-java: %s; %d not supported yet: %s%n",
        engine,
        compared.size(),
        bigEndian.size(),
        notReadByArrowJava.size(),
        notReadByArrowJava,
        unsupported.size(),
        unsupported);
    assertEquals(List.of(), unsupported);
    assertFalse(!files.isEmpty() && compared.isEmpty(), "nothing was compared");
  }

  private static boolean arrowJavaReads(Path file, BufferAllocator allocator) throws IOException {
    try (ArrowStreamReader reader = reader(file, allocator)) {
      while (reader.loadNextBatch()) {
        reader.getVectorSchemaRoot().getRowCount();
      }
      return true;
    } catch (RuntimeException | IOException e) {
      return false;
    }
  }

  private static boolean isSupported(String engine, Path file, String name) throws IOException {
    try (StreamReader reader = open(engine, file);
        Table table = reader.readAll()) {
      return table.rowCount() >= 0;
    } catch (ArrowFormatException e) {
      assertEquals(ErrorKind.UNSUPPORTED, e.kind(), name + ": " + e.getMessage());
      return false;
    }
  }

  private static void compare(String engine, Path file, String name, BufferAllocator allocator)
      throws IOException {
    try (ArrowStreamReader expected = reader(file, allocator);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      try (StreamReader opened = open(engine, file)) {
        opened.exportStream(stream.memoryAddress());
      }
      try (ArrowReader actual = Data.importArrayStream(allocator, stream)) {
        VectorSchemaRoot left = expected.getVectorSchemaRoot();
        VectorSchemaRoot right = actual.getVectorSchemaRoot();
        while (expected.loadNextBatch()) {
          assertTrue(actual.loadNextBatch(), name);
          assertEquals(left.getRowCount(), right.getRowCount(), name);
          for (int i = 0; i < left.getFieldVectors().size(); i++) {
            assertSame(name, left.getVector(i), expected, right.getVector(i), actual);
          }
        }
        assertFalse(actual.loadNextBatch(), name);
      }
    }
  }

  private static void assertSame(
      String name, FieldVector left, ArrowReader leftIn, FieldVector right, ArrowReader rightIn)
      throws IOException {
    Field field = left.getField();
    if (field.getDictionary() == null) {
      assertEquals(left.getValueCount(), right.getValueCount(), name + " " + field);
      for (int row = 0; row < left.getValueCount(); row++) {
        assertEquals(
            ArrowJava.text(left, row), ArrowJava.text(right, row), name + " " + field + " " + row);
      }
      return;
    }
    Dictionary leftValues = leftIn.getDictionaryVectors().get(field.getDictionary().getId());
    Dictionary rightValues =
        rightIn.getDictionaryVectors().get(right.getField().getDictionary().getId());
    for (int row = 0; row < left.getValueCount(); row++) {
      assertEquals(
          dictionaryText(left, row, leftValues),
          dictionaryText(right, row, rightValues),
          name + " " + field + " " + row);
    }
  }

  private static String dictionaryText(FieldVector indices, int row, Dictionary dictionary) {
    Object index = indices.getObject(row);
    if (index == null) {
      return "null";
    }
    int at = index instanceof Character unsigned ? unsigned : ((Number) index).intValue();
    return ArrowJava.text(dictionary.getVector(), at);
  }

  private static StreamReader open(String engine, Path file) throws IOException {
    return ArrowIpc.openStream(file, ReadOptions.builder().engine(engine).build());
  }

  private static ArrowStreamReader reader(Path file, BufferAllocator allocator) throws IOException {
    return new ArrowStreamReader(
        Files.newInputStream(file), allocator, CommonsCompressionFactory.INSTANCE);
  }
}
