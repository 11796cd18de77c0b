package io.nanoarrow.crosscheck.tensor;

import static io.nanoarrow.error.ErrorKind.INVALID_DATA;
import static io.nanoarrow.error.ErrorKind.LIMIT_EXCEEDED;
import static io.nanoarrow.error.ErrorKind.TRUNCATED;
import static io.nanoarrow.error.ErrorKind.UNSUPPORTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.SparseTensor;
import io.nanoarrow.StreamReader;
import io.nanoarrow.Tensor;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.flatbuf.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors that lie are refused by both engines alike, before anything is allocated for them. */
class HostileTensorsTest {
  private static final List<String> ENGINES = List.of("native", "pure");
  private static final long HUGE = Long.MAX_VALUE;
  private static final int MUTANTS = 300;

  /** A lie about a tensor, and what it is called. */
  record Lie(
      String name, ErrorKind kind, Supplier<TensorBytes> honest, Consumer<TensorBytes> change) {
    @Override
    public String toString() {
      return name;
    }

    TensorBytes bytes() {
      TensorBytes bytes = honest.get();
      change.accept(bytes);
      return bytes;
    }
  }

  private static Lie dense(String name, ErrorKind kind, Consumer<TensorBytes> change) {
    return new Lie("dense: " + name, kind, TensorBytes::ofDense, change);
  }

  private static Lie coo(String name, Consumer<TensorBytes> change) {
    return new Lie("coo: " + name, INVALID_DATA, TensorBytes::ofCoo, change);
  }

  private static Lie csr(String name, Consumer<TensorBytes> change) {
    return new Lie("csr: " + name, INVALID_DATA, TensorBytes::ofCsr, change);
  }

  private static Lie csf(String name, Consumer<TensorBytes> change) {
    return new Lie("csf: " + name, INVALID_DATA, TensorBytes::ofCsf, change);
  }

  private static TensorBytes.Part part(long offset, long length) {
    return new TensorBytes.Part(offset, length);
  }

  private static List<Lie> lies() {
    return List.of(
        dense("negative size", INVALID_DATA, t -> t.shape = new long[] {-2, 3}),
        dense("product", INVALID_DATA, t -> t.shape = new long[] {1L << 40, 1L << 40}),
        dense(
            "product without strides",
            INVALID_DATA,
            t -> {
              t.shape = new long[] {1L << 40, 1L << 40};
              t.strides = null;
            }),
        dense("bytes", INVALID_DATA, t -> t.shape = new long[] {1L << 31, 1L << 30}),
        dense("one element more", INVALID_DATA, t -> t.shape = new long[] {2, 4}),
        dense("negative stride", INVALID_DATA, t -> t.strides = new long[] {-24, 8}),
        dense("stride out of the data", INVALID_DATA, t -> t.strides = new long[] {32, 8}),
        dense("huge stride", INVALID_DATA, t -> t.strides = new long[] {HUGE, 8}),
        dense("too few strides", INVALID_DATA, t -> t.strides = new long[] {8}),
        dense(
            "shared bytes",
            INVALID_DATA,
            t -> {
              t.shape = new long[] {3, 3};
              t.strides = new long[] {0, 8};
            }),
        dense("data before the body", INVALID_DATA, t -> t.data = part(-8, 48)),
        dense("data behind the body", INVALID_DATA, t -> t.data = part(24, 48)),
        dense("data of negative size", INVALID_DATA, t -> t.data = part(0, -1)),
        dense("data at the end of longs", INVALID_DATA, t -> t.data = part(HUGE, HUGE)),
        dense("type of dates", UNSUPPORTED, t -> t.type = Type.Date),
        dense("no type", INVALID_DATA, t -> t.type = Type.NONE),
        dense("precision", INVALID_DATA, t -> t.precision = 3),
        dense(
            "integer of 7 bits",
            INVALID_DATA,
            t -> {
              t.type = Type.Int;
              t.bitWidth = 7;
            }),
        dense("body that is not there", TRUNCATED, t -> t.body = new byte[63]),
        dense("huge body that is not there", TRUNCATED, t -> t.bodyLength = 1L << 30),
        dense("negative body", INVALID_DATA, t -> t.bodyLength = -1),
        coo("no dimensions", t -> t.shape = new long[] {}),
        coo("more dimensions", t -> t.shape = new long[] {2, 3, 4}),
        coo("negative count", t -> t.stored = -1),
        coo("more elements", t -> t.stored = 3),
        coo("huge count", t -> t.stored = HUGE),
        coo("index of 7 bits", t -> t.indexWidth = 7),
        coo("coordinates too short", t -> t.indices[0] = part(16, 31)),
        coo("coordinates out of the body", t -> t.indices[0] = part(48, 32)),
        coo("negative stride", t -> t.indexStrides = new long[] {16, -8}),
        coo("huge strides", t -> t.indexStrides = new long[] {HUGE, HUGE}),
        coo("stride out of its buffer", t -> t.indexStrides = new long[] {24, 8}),
        coo("one stride", t -> t.indexStrides = new long[] {8}),
        csr("three dimensions", t -> t.shape = new long[] {2, 3, 1}),
        csr("third axis", t -> t.axis = 2),
        csr("more rows", t -> t.shape = new long[] {3, 3}),
        csr("as many rows as longs", t -> t.shape = new long[] {HUGE, 3}),
        csr("pointers too short", t -> t.pointers[0] = part(16, 23)),
        csr("indices too short", t -> t.indices[0] = part(40, 8)),
        csr("data too short", t -> t.data = part(0, 8)),
        csf("one level", t -> t.shape = new long[] {2}),
        csf("axis twice", t -> t.axisOrder = new int[] {1, 1}),
        csf("axis that is not there", t -> t.axisOrder = new int[] {0, 2}),
        csf("negative axis", t -> t.axisOrder = new int[] {0, -1}),
        csf("few axes", t -> t.axisOrder = new int[] {0}),
        csf("odd bytes", t -> t.indices[1] = part(56, 17)),
        csf("no pointers", t -> t.pointers = new TensorBytes.Part[] {}),
        csf("pointers of other nodes", t -> t.pointers[0] = part(16, 16)),
        csf("leaves", t -> t.indices[1] = part(56, 24)),
        csf("negative size", t -> t.indices[0] = part(40, -16)),
        csf("out of the body", t -> t.indices[1] = part(120, 16)));
  }

  /** What is only looked at when elements are. */
  private static List<Lie> lyingIndices() {
    return List.of(
        coo("beyond a dimension", t -> t.longs(16, 0, 3)),
        coo("negative", t -> t.longs(16, -1)),
        csr("beyond a dimension", t -> t.longs(40, 3)),
        csr("does not begin at 0", t -> t.longs(16, 1)),
        csr("falls", t -> t.longs(16, 0, 2, 1)),
        csr("ends beyond", t -> t.longs(16, 0, 1, 3)),
        csr("ends early", t -> t.longs(16, 0, 1, 1)),
        csr("huge", t -> t.longs(16, 0, HUGE, 2)),
        csf("beyond a dimension", t -> t.longs(56, 1, 3)),
        csf("node beyond", t -> t.longs(40, 0, 2)),
        csf("falls", t -> t.longs(16, 0, 2, 1)),
        csf("ends beyond", t -> t.longs(16, 0, 1, 3)),
        csf("negative", t -> t.longs(16, 0, -1)));
  }

  static List<Arguments> allLies() {
    return enginesAnd(lies());
  }

  static List<Arguments> allLyingIndices() {
    return enginesAnd(lyingIndices());
  }

  private static List<Arguments> enginesAnd(List<Lie> lies) {
    List<Arguments> all = new ArrayList<>();
    for (String engine : ENGINES) {
      lies.forEach(lie -> all.add(Arguments.of(engine, lie)));
    }
    return all;
  }

  private static ReadOptions lazily(String engine) {
    return ReadOptions.builder().engine(engine).build();
  }

  private static Input input(byte[] bytes) {
    return new Input.BufferInput(ByteBuffer.wrap(bytes));
  }

  private static void read(byte[] bytes, boolean isDense, ReadOptions options) throws IOException {
    if (isDense) {
      ArrowIpc.readTensor(input(bytes), options).close();
    } else {
      ArrowIpc.readSparseTensor(input(bytes), options).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void honestOnesAreRead(String engine) throws IOException {
    try (Tensor tensor =
        ArrowIpc.readTensor(input(TensorBytes.ofDense().build()), lazily(engine))) {
      assertEquals(6, tensor.elementCount());
    }
    for (TensorBytes honest :
        List.of(TensorBytes.ofCoo(), TensorBytes.ofCsr(), TensorBytes.ofCsf())) {
      honest.longs(0, Double.doubleToLongBits(5), Double.doubleToLongBits(7));
      try (SparseTensor tensor =
              ArrowIpc.readSparseTensor(input(honest.build()), TensorText.options(engine));
          Tensor dense = tensor.toDense(100)) {
        assertEquals(
            "[0.0, 5.0, 0.0, 0.0, 0.0, 7.0]", Arrays.toString(dense.view().toDoubleArray()));
        assertEquals(7, tensor.getDouble(1, 2));
        assertEquals(0, tensor.getDouble(1, 1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("allLies")
  void liesAreRefused(String engine, Lie lie) throws IOException {
    byte[] bytes = lie.bytes().build();
    boolean isDense = lie.name().startsWith("dense");
    ArrowFormatException e =
        assertThrows(ArrowFormatException.class, () -> read(bytes, isDense, lazily(engine)));
    assertEquals(lie.kind(), e.kind(), e.getMessage());
    Input stream = new Input.StreamInput(new ByteArrayInputStream(bytes), false);
    ArrowFormatException streamed =
        assertThrows(
            ArrowFormatException.class,
            () -> {
              if (isDense) {
                ArrowIpc.readTensor(stream, lazily(engine)).close();
              } else {
                ArrowIpc.readSparseTensor(stream, lazily(engine)).close();
              }
            });
    assertEquals(lie.kind(), streamed.kind(), streamed.getMessage());
  }

  @ParameterizedTest
  @MethodSource("allLyingIndices")
  void lyingIndicesAreRefusedWhenAskedOrValidated(String engine, Lie lie) throws IOException {
    byte[] bytes = lie.bytes().build();
    try (SparseTensor tensor = ArrowIpc.readSparseTensor(input(bytes), lazily(engine))) {
      for (Runnable use :
          List.<Runnable>of(
              () -> tensor.getDouble(0, 0),
              () -> tensor.toDense(1000).close(),
              () -> tensor.forEach((indices, position) -> {}))) {
        assertEquals(INVALID_DATA, assertThrows(ArrowFormatException.class, use::run).kind());
      }
    }
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class, () -> read(bytes, false, TensorText.options(engine)));
    assertEquals(INVALID_DATA, e.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aFewElementsMayStandForMoreThanMemoryHolds(String engine) throws IOException {
    TensorBytes huge = TensorBytes.ofCoo();
    huge.shape = new long[] {HUGE, HUGE};
    try (SparseTensor tensor = ArrowIpc.readSparseTensor(input(huge.build()), lazily(engine))) {
      assertEquals(0, tensor.getDouble(HUGE - 1, 5));
      assertEquals(
          LIMIT_EXCEEDED,
          assertThrows(ArrowFormatException.class, () -> tensor.toDense(HUGE)).kind());
    }
    huge.shape = null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void theOtherKindAndOtherMessagesAreRefused(String engine) throws IOException {
    byte[] dense = TensorBytes.ofDense().build();
    byte[] sparse = TensorBytes.ofCoo().build();
    byte[] batches =
        Files.readAllBytes(TensorText.FOLDER.resolve("../../examples/data/orders.arrows"));
    for (byte[] bytes : List.of(sparse, batches, new byte[8])) {
      ErrorKind kind =
          assertThrows(ArrowFormatException.class, () -> read(bytes, true, lazily(engine))).kind();
      assertEquals(INVALID_DATA, kind);
    }
    assertThrows(ArrowFormatException.class, () -> read(dense, false, lazily(engine)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aTensorAmongBatchesIsNotSupported(String engine) throws IOException {
    byte[] stream =
        Files.readAllBytes(TensorText.FOLDER.resolve("../../examples/data/orders.arrows"));
    int schemaBytes = 8 + ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    byte[] tensor = TensorBytes.ofDense().build();
    byte[] both = Arrays.copyOf(stream, schemaBytes + tensor.length);
    System.arraycopy(tensor, 0, both, schemaBytes, tensor.length);
    try (StreamReader reader = ArrowIpc.openStream(ByteBuffer.wrap(both), lazily(engine))) {
      assertEquals(UNSUPPORTED, assertThrows(ArrowFormatException.class, reader::next).kind());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void cutAnywhereItIsTruncated(String engine) {
    for (byte[] bytes : List.of(TensorBytes.ofDense().build(), TensorBytes.ofCsf().build())) {
      for (int size = 0; size < bytes.length; size++) {
        byte[] cut = Arrays.copyOf(bytes, size);
        ArrowFormatException e =
            assertThrows(ArrowFormatException.class, () -> read(cut, true, lazily(engine)));
        assertEquals(TRUNCATED, e.kind(), "of " + size + " bytes: " + e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void limitsHold(String engine) {
    ReadOptions small = ReadOptions.builder().engine(engine).maxBodyBytes(63).build();
    byte[] bytes = TensorBytes.ofDense().build();
    assertEquals(
        LIMIT_EXCEEDED,
        assertThrows(ArrowFormatException.class, () -> read(bytes, true, small)).kind());
  }

  /** What one engine says of any bytes, the other says too; nothing but a format error comes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutantsAreJudgedAlike(long seed) throws IOException {
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>(TensorText.files(true));
    files.addAll(TensorText.files(false));
    for (int i = 0; i < MUTANTS; i++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] bytes = Files.readAllBytes(file);
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      boolean isDense = TensorText.isDense(file);
      assertEquals(
          verdict("native", bytes, isDense),
          verdict("pure", bytes, isDense),
          file + ", seed " + seed + ", mutant " + i);
    }
  }

  private static String verdict(String engine, byte[] bytes, boolean isDense) {
    ReadOptions options = TensorText.options(engine);
    try {
      if (isDense) {
        try (Tensor tensor = ArrowIpc.readTensor(input(bytes), options)) {
          return tensor.toString();
        }
      }
      try (SparseTensor tensor = ArrowIpc.readSparseTensor(input(bytes), options)) {
        return tensor.toString();
      }
    } catch (ArrowFormatException e) {
      return e.kind().toString();
    } catch (IOException | RuntimeException e) {
      return fail(engine + ": " + e, e);
    }
  }
}
