package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compare.VectorEqualsVisitor;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.Field;

/** What the tests ask of arrow-java: sample batches, their bytes, and whether two are the same. */
final class ArrowJava {
  private ArrowJava() {}

  /** Returns a batch with one column of each field; the caller closes it. */
  static VectorSchemaRoot root(List<Field> fields, int rows, BufferAllocator allocator) {
    SampleVectors samples = new SampleVectors(fields.hashCode());
    List<FieldVector> vectors =
        fields.stream().map(field -> samples.vector(field, rows, allocator)).toList();
    return new VectorSchemaRoot(fields, vectors, rows);
  }

  /** Returns a stream that holds the batch so many times. */
  static byte[] stream(VectorSchemaRoot root, int batches) throws IOException {
    return stream(root, batches, new DictionaryProvider.MapDictionaryProvider());
  }

  /** Returns a stream that holds the batch so many times, and its dictionaries. */
  static byte[] stream(VectorSchemaRoot root, int batches, DictionaryProvider dictionaries)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, dictionaries, bytes)) {
      writer.start();
      for (int i = 0; i < batches; i++) {
        writer.writeBatch();
      }
      writer.end();
    }
    return bytes.toByteArray();
  }

  /** Returns a stream that holds the batch once, its bodies compressed. */
  static byte[] compressed(VectorSchemaRoot root, CompressionUtil.CodecType codec)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer =
        new ArrowStreamWriter(
            root,
            new DictionaryProvider.MapDictionaryProvider(),
            Channels.newChannel(bytes),
            IpcOption.DEFAULT,
            CommonsCompressionFactory.INSTANCE,
            codec)) {
      writer.start();
      writer.writeBatch();
      writer.end();
    }
    return bytes.toByteArray();
  }

  /** Fails unless schema and every value are the same. */
  static void assertSame(VectorSchemaRoot expected, VectorSchemaRoot actual) {
    assertEquals(expected.getSchema(), actual.getSchema());
    assertEquals(expected.getRowCount(), actual.getRowCount());
    for (int i = 0; i < expected.getFieldVectors().size(); i++) {
      assertSame(expected.getVector(i), actual.getVector(i));
    }
  }

  /** Fails unless type and every value are the same. */
  static void assertSame(FieldVector expected, FieldVector actual) {
    String name = expected.getName();
    assertEquals(expected.getValueCount(), actual.getValueCount(), name);
    assertEquals(expected.getNullCount(), actual.getNullCount(), name);
    for (int row = 0; row < expected.getValueCount(); row++) {
      assertEquals(text(expected, row), text(actual, row), name + " row " + row);
    }
    assertTrue(VectorEqualsVisitor.vectorEquals(expected, actual), name);
  }

  /** Returns a value in words; equal for equal values. */
  static String text(FieldVector vector, int row) {
    Object value = vector.getObject(row);
    return value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : "" + value;
  }
}
