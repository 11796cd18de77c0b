package io.nanoarrow.crosscheck.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.Output;
import io.nanoarrow.SparseTensor;
import io.nanoarrow.Tensor;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.TensorLayout;
import io.nanoarrow.tensor.TensorView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors are read and written by both engines as Arrow C++ does. */
class TensorsTest {
  private static final List<String> ENGINES = List.of("native", "pure");
  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  static List<Arguments> denseFiles() throws IOException {
    return enginesAnd(TensorText.files(true));
  }

  static List<Arguments> sparseFiles() throws IOException {
    return enginesAnd(TensorText.files(false));
  }

  private static List<Arguments> enginesAnd(List<Path> files) {
    List<Arguments> all = new ArrayList<>();
    for (String engine : ENGINES) {
      files.forEach(file -> all.add(Arguments.of(engine, file)));
    }
    return all;
  }

  private static WriteOptions writing(String engine) {
    return WriteOptions.builder().engine(engine).build();
  }

  private static byte[] written(String engine, TensorView view) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long size = ArrowIpc.writeTensor(view, new Output.StreamOutput(out, false), writing(engine));
    assertEquals(out.size(), size);
    return out.toByteArray();
  }

  private static byte[] written(String engine, SparseTensor tensor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long size = ArrowIpc.writeTensor(tensor, new Output.StreamOutput(out, false), writing(engine));
    assertEquals(out.size(), size);
    return out.toByteArray();
  }

  private static Tensor read(String engine, byte[] bytes) throws IOException {
    return ArrowIpc.readTensor(
        new Input.BufferInput(ByteBuffer.wrap(bytes)), TensorText.options(engine));
  }

  /** The metadata ends at a multiple of 64, and so does the message. */
  private static void requireAligned(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(-1, bytes.getInt(0));
    assertEquals(0, (8 + bytes.getInt(4)) % 64);
    assertEquals(0, message.length % 64);
  }

  @ParameterizedTest
  @MethodSource("denseFiles")
  void readsDenseTensorsOfArrow(String engine, Path file) throws IOException {
    try (Tensor tensor = TensorText.dense(engine, file)) {
      assertEquals(TensorText.expected(file), TensorText.of(tensor));
    }
  }

  @ParameterizedTest
  @MethodSource("sparseFiles")
  void readsSparseTensorsOfArrow(String engine, Path file) throws IOException {
    try (SparseTensor tensor = TensorText.sparse(engine, file)) {
      assertEquals(TensorText.expected(file), TensorText.of(tensor));
    }
  }

  @ParameterizedTest
  @MethodSource("denseFiles")
  void whatIsWrittenReadsAlikeInEitherEngine(String engine, Path file) throws IOException {
    try (Tensor tensor = TensorText.dense(engine, file)) {
      byte[] bytes = written(engine, tensor.view());
      requireAligned(bytes);
      assertEquals(ArrowIpc.tensorSize(tensor.view(), writing(engine)), bytes.length);
      for (String reader : ENGINES) {
        try (Tensor back = read(reader, bytes)) {
          assertEquals(tensor, back);
          assertArrayEquals(tensor.strides(), back.strides());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sparseFiles")
  void sparseOnesReadAlikeInEitherEngine(String engine, Path file) throws IOException {
    try (SparseTensor tensor = TensorText.sparse(engine, file)) {
      byte[] bytes = written(engine, tensor);
      requireAligned(bytes);
      assertEquals(ArrowIpc.tensorSize(tensor, writing(engine)), bytes.length);
      for (String reader : ENGINES) {
        try (SparseTensor back =
            ArrowIpc.readSparseTensor(
                new Input.BufferInput(ByteBuffer.wrap(bytes)), TensorText.options(reader))) {
          assertEquals(tensor, back);
          assertEquals(tensor.hashCode(), back.hashCode());
          assertEquals(tensor.index().kind(), back.index().kind());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sparseFiles")
  void elementsOfSparseTensorsAreFound(String engine, Path file) throws IOException {
    try (SparseTensor tensor = TensorText.sparse(engine, file);
        Tensor dense = tensor.toDense(1000)) {
      List<Double> found = new ArrayList<>();
      walk(tensor.dimensions(), indices -> found.add(tensor.getDouble(indices)));
      List<Double> all = new ArrayList<>();
      for (double value : dense.view().toDoubleArray()) {
        all.add(value);
      }
      assertEquals(all, found);
    }
  }

  private interface Visit {
    void at(long[] indices);
  }

  private static void walk(List<Dimension> dimensions, Visit visit) {
    long[] indices = new long[dimensions.size()];
    int last;
    do {
      visit.at(indices);
      last = indices.length - 1;
      while (last >= 0 && ++indices[last] == dimensions.get(last).size()) {
        indices[last--] = 0;
      }
    } while (last >= 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void everyInputWillDo(String engine) throws IOException {
    Path file = TensorText.FOLDER.resolve("dense-named.tensor");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 1).put(0, bytes);
    ByteBuffer shifted = ByteBuffer.allocateDirect(bytes.length + 1).put(1, bytes).position(1);
    ReadOptions unmapped = ReadOptions.builder().engine(engine).memoryMap(false).build();
    try (FileChannel channel = FileChannel.open(file)) {
      List<Input> inputs =
          List.of(
              new Input.PathInput(file),
              new Input.BufferInput(ByteBuffer.wrap(bytes)),
              new Input.BufferInput(direct),
              new Input.BufferInput(shifted),
              new Input.StreamInput(new ByteArrayInputStream(bytes), true),
              new Input.ChannelInput(Channels.newChannel(new ByteArrayInputStream(bytes)), true),
              new Input.FileChannelInput(channel, false));
      TensorText expected = TensorText.expected(file);
      for (Input input : inputs) {
        try (Tensor tensor = ArrowIpc.readTensor(input, TensorText.options(engine))) {
          assertEquals(expected, TensorText.of(tensor), input.toString());
        }
      }
      try (Tensor tensor = ArrowIpc.readTensor(inputs.get(0), unmapped)) {
        assertEquals(expected, TensorText.of(tensor));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void notAByteBehindTheMessageIsTaken(String engine) throws IOException {
    byte[] one = Files.readAllBytes(TensorText.FOLDER.resolve("dense-double.tensor"));
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(one);
    two.write(one);
    two.write(7);
    InputStream in = new ByteArrayInputStream(two.toByteArray());
    Input input = new Input.StreamInput(in, false);
    try (Tensor first = ArrowIpc.readTensor(input, TensorText.options(engine));
        Tensor second = ArrowIpc.readTensor(input, TensorText.options(engine))) {
      assertEquals(first, second);
    }
    assertEquals(7, in.read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aDirectBufferIsNotCopied(String engine) throws IOException {
    byte[] bytes = Files.readAllBytes(TensorText.FOLDER.resolve("dense-double.tensor"));
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    long before = MemoryStats.bodyBytesAllocated();
    try (Tensor tensor =
        ArrowIpc.readTensor(new Input.BufferInput(direct), TensorText.options(engine))) {
      assertEquals(1, tensor.getDouble(0, 0));
      // A change that honest users do not make shows that the bytes are the same.
      direct.order(ByteOrder.LITTLE_ENDIAN).putDouble(bytes.length - 48, 42);
      assertEquals(42, tensor.getDouble(0, 0));
    }
    assertEquals(before, MemoryStats.bodyBytesAllocated());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void viewsAreWrittenPackedWithTheirNames(String engine) throws IOException {
    Path file = TensorText.FOLDER.resolve("dense-named.tensor");
    try (Tensor tensor = TensorText.dense(engine, file)) {
      TensorView everySecond = tensor.view().slice(2, 1, 4, 2).select(0, 1);
      assertArrayEquals(
          new double[] {13.5, 15.5, 17.5, 19.5, 21.5, 23.5}, everySecond.toDoubleArray());
      assertEquals(
          List.of(new Dimension(3), new Dimension(2, "station")), everySecond.dimensions());
      try (Tensor back = read(engine, written(engine, everySecond))) {
        assertEquals(everySecond, back.view());
        assertArrayEquals(new long[] {16, 8}, back.strides());
      }
      try (Tensor back = read(engine, written(engine, tensor.view().transpose()))) {
        assertTrue(back.layout().isColumnMajor());
        assertEquals(tensor.view().transpose(), back.view());
        assertEquals(21.5, back.getDouble(1, 2, 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aTensorOutlivesItsHandleOnlyThroughAnother(String engine) throws IOException {
    Tensor tensor = TensorText.dense(engine, TensorText.FOLDER.resolve("dense-double.tensor"));
    Tensor second = tensor.retain();
    TensorView view = tensor.view();
    ByteBuffer pinned = tensor.asByteBuffer();
    tensor.close();
    tensor.close();
    assertThrows(IllegalStateException.class, () -> view.getDouble(0, 0));
    assertThrows(IllegalStateException.class, tensor::retain);
    assertThrows(IllegalStateException.class, tensor::view);
    assertEquals(1, second.getDouble(0, 0));
    second.close();
    assertEquals(1, pinned.getDouble(0));
    pinned = null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void arraysBecomeTensors(String engine) throws IOException {
    try (Tensor doubles = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor floats = Tensor.of(new float[] {1, 2}, 2, 1);
        Tensor longs = Tensor.of(new long[] {Long.MIN_VALUE, -1}, 2);
        Tensor ints = Tensor.of(new int[] {7});
        Tensor back = read(engine, written(engine, longs.view()))) {
      assertEquals(6, doubles.getDouble(1, 2));
      assertEquals(2, floats.getDouble(1, 0));
      assertEquals(Long.MIN_VALUE, back.getLong(0));
      assertEquals(7, ints.getLong());
      assertNotEquals(doubles, floats);
      assertThrows(IllegalArgumentException.class, () -> doubles.getLong(0, 0));
      assertThrows(IllegalArgumentException.class, () -> doubles.getDouble(0));
      assertThrows(IndexOutOfBoundsException.class, () -> doubles.getDouble(0, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> doubles.getDouble(-1, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> Tensor.of(new double[5], 2, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void olderMetadataAndFramingAreWritten(String engine) throws IOException {
    WriteOptions options =
        writing(engine).toBuilder().metadataVersion(MetadataVersion.V4).legacyFormat(true).build();
    try (Tensor tensor = Tensor.of(new double[] {1, 2}, 1, 2)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ArrowIpc.writeTensor(tensor.view(), new Output.StreamOutput(out, false), options);
      byte[] bytes = out.toByteArray();
      assertEquals(60, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) % 64);
      try (Tensor back = read(engine, bytes)) {
        assertEquals(tensor, back);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void tooLittleRoomIsAnError(String engine) {
    try (Tensor tensor = Tensor.of(new double[] {1, 2}, 2)) {
      Output small = new Output.BufferOutput(ByteBuffer.allocate(100));
      assertThrows(
          IOException.class, () -> ArrowIpc.writeTensor(tensor.view(), small, writing(engine)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void elementsMayBeBroadcastByTheirMaker(String engine) throws IOException {
    TensorLayout layout = new TensorLayout(DOUBLE, Dimension.ofSizes(3, 2), 0, 8);
    ByteBuffer row = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    row.putDouble(0, 1.5).putDouble(8, 2.5);
    try (Tensor tensor = Tensor.of(layout, row)) {
      assertFalse(tensor.layout().isRowMajor());
      try (Tensor back = read(engine, written(engine, tensor.view()))) {
        assertArrayEquals(new double[] {1.5, 2.5, 1.5, 2.5, 1.5, 2.5}, back.view().toDoubleArray());
      }
    }
  }
}
