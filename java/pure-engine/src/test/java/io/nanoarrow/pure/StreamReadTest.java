package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams: framing, ends, inputs. */
class StreamReadTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(Field.of("n", new ArrowType.Int(32, true)), Field.of("s", new ArrowType.Utf8())),
          Metadata.builder().add("origin", "test").build());
  private static final List<List<Object>> VALUES =
      List.of(List.of(7, -8, 9), Arrays.asList("ab", null, "ç"));

  static BatchSpec batch() {
    return BatchSpec.rows(3)
        .node(3, 0)
        .node(3, 1)
        .buffer()
        .ints(7, -8, 9)
        .buffer((byte) 0b101)
        .ints(0, 2, 2, 4)
        .buffer("abç".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static byte[] bytes() {
    return Wire.stream(SCHEMA, Wire.batch(batch()));
  }

  @TempDir Path folder;

  @Test
  void valuesOfIntegersAndText() throws IOException {
    assertEquals(VALUES, Reading.streamValues(bytes()));
  }

  @Test
  void schemaWithItsMetadata() throws IOException {
    try (BatchReader reader = Reading.stream(bytes())) {
      assertEquals(SCHEMA, reader.schema());
    }
  }

  @Test
  void legacyPrefixAndEnd() throws IOException {
    byte[] old =
        Wire.concat(
            Wire.legacyFrame(Wire.schemaMetadata(SCHEMA, (short) 3, (short) 0), new byte[0]),
            Wire.legacyFrame(Wire.batchMetadata(batch()), batch().body()),
            new byte[4]);
    assertEquals(VALUES, Reading.streamValues(old));
  }

  @Test
  void endWithoutMarkerIsToldInTheStats() throws IOException {
    byte[] whole = bytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - Wire.END.length);
    for (byte[] input : List.of(whole, cut)) {
      BatchReader reader = Reading.stream(input);
      assertEquals(VALUES, Reading.values(reader));
      assertEquals(input == cut, reader.stats().endedWithoutMarker());
      assertEquals(2, reader.stats().messages());
      assertEquals(1, reader.stats().recordBatches());
    }
  }

  @Test
  void metadataOfABatch() throws IOException {
    BatchSpec spec = batch();
    spec.metadata = Metadata.builder().add("k", "v").add("k", "").build();
    try (BatchReader reader = Reading.stream(Wire.stream(SCHEMA, Wire.batch(spec)));
        RecordBatch batch = reader.next()) {
      assertEquals(spec.metadata, batch.metadata());
    }
  }

  @Test
  void everyInputGivesTheSame() throws IOException {
    byte[] bytes = bytes();
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3).put(3, bytes).position(3);
    Path path = Files.write(folder.resolve("s.arrows"), bytes);
    for (Input input :
        List.of(
            new Input.BufferInput(direct),
            new Input.BufferInput(ByteBuffer.wrap(bytes).asReadOnlyBuffer()),
            new Input.PathInput(path),
            new Input.StreamInput(new ByteArrayInputStream(bytes), false),
            new Input.StreamInput(new Trickle(bytes), false),
            new Input.ChannelInput(Channels.newChannel(new Trickle(bytes)), false))) {
      assertEquals(VALUES, Reading.values(ArrowIpc.openStream(input, Reading.PURE)));
    }
    var unmapped = Reading.PURE.toBuilder().memoryMap(false).build();
    assertEquals(VALUES, Reading.values(ArrowIpc.openStream(path, unmapped)));
  }

  @Test
  void openFileIsReadFromItsPositionAndLeftAlone() throws IOException {
    Path path = Files.write(folder.resolve("s"), Wire.concat(new byte[5], bytes()));
    try (FileChannel channel = FileChannel.open(path)) {
      channel.position(5);
      var input = new Input.FileChannelInput(channel, false);
      assertEquals(VALUES, Reading.values(ArrowIpc.openStream(input, Reading.PURE)));
      assertEquals(5, channel.position());
      assertTrue(channel.isOpen());
    }
  }

  @Test
  void streamStaysBehindTheMarkerAndOpen() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(Wire.concat(bytes(), new byte[] {1, 2, 3}));
    assertEquals(VALUES, Reading.values(ArrowIpc.openStream(in, Reading.PURE)));
    assertArrayEquals(new byte[] {1, 2, 3}, in.readAllBytes());
  }

  @Test
  void streamIsClosedOnRequest() throws IOException {
    boolean[] closed = new boolean[1];
    InputStream in =
        new ByteArrayInputStream(bytes()) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    try (BatchReader reader = ArrowIpc.openStream(new Input.StreamInput(in, true), Reading.PURE)) {
      assertEquals(SCHEMA, reader.schema());
      assertFalse(closed[0]);
    }
    assertTrue(closed[0]);
  }

  @Test
  void batchesOutliveTheirReader() throws IOException {
    Path path = Files.write(folder.resolve("s"), bytes());
    RecordBatch batch;
    try (BatchReader reader = ArrowIpc.openStream(path, Reading.PURE)) {
      batch = reader.next();
      assertNull(reader.next());
    }
    assertEquals(VALUES.get(1), Reading.values(batch.column(1)));
    batch.close();
  }

  @Test
  void addressNeedsTheNativeEngine() {
    var failure =
        org.junit.jupiter.api.Assertions.assertThrows(
            UnsupportedOperationException.class,
            () -> ArrowIpc.openStream(new Input.AddressInput(8, 8), Reading.PURE));
    assertTrue(failure.getMessage().contains("native"), failure.getMessage());
  }

  @Test
  void everyCutIsTruncatedWhereItIs() throws IOException {
    byte[] whole = bytes();
    int first = Wire.schema(SCHEMA).length;
    int second = whole.length - Wire.END.length;
    for (int size = 0; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      if (size == first || size == second) {
        Reading.streamValues(cut);
        continue;
      }
      for (Input input :
          List.of(
              new Input.BufferInput(ByteBuffer.wrap(cut)),
              new Input.StreamInput(new ByteArrayInputStream(cut), false))) {
        var e = Reading.fails(() -> Reading.values(ArrowIpc.openStream(input, Reading.PURE)));
        assertEquals(ErrorKind.TRUNCATED, e.kind(), "cut at " + size);
        assertEquals(size, e.byteOffset());
      }
    }
  }

  /** A stream that gives one byte at a time. */
  private static final class Trickle extends InputStream {
    private final InputStream bytes;

    Trickle(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int size) throws IOException {
      return bytes.read(into, offset, Math.min(size, 1));
    }
  }
}
