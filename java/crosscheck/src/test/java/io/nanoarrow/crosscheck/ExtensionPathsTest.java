package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.Output;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Tensor;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.c.ArrowArray;
import io.nanoarrow.c.ArrowSchema;
import io.nanoarrow.extension.Bool8Type;
import io.nanoarrow.extension.Extensions;
import io.nanoarrow.extension.FixedShapeTensorType;
import io.nanoarrow.extension.TimestampWithOffsetType;
import io.nanoarrow.extension.UuidType;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and metadata of extension types, known or not, come through every path as they were. */
class ExtensionPathsTest {
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2024-02-29T23:30:00+05:45");
  private static final FixedShapeTensorType TENSOR =
      new FixedShapeTensorType(new ArrowType.Int(32, true), 2, 2);

  /** With a NUL, a byte that is no UTF-8, and another pair before and behind. */
  private static final Metadata UNKNOWN =
      Metadata.builder()
          .add("before", "1")
          .add(Field.EXTENSION_NAME, "acme.unit")
          .add("ARROW:extension:metadata".getBytes(), new byte[] {'m', 0, (byte) 0xFF})
          .add("behind", "2")
          .build();

  private static final Schema SCHEMA =
      Schema.of(
          UuidType.INSTANCE.field("id"),
          Bool8Type.INSTANCE.field("flag"),
          TimestampWithOffsetType.INSTANCE.field("time"),
          TENSOR.field("tensor"),
          Field.of("length", new ArrowType.Int(32, true)).withMetadata(UNKNOWN),
          Field.of(
              "list",
              new ArrowType.ListType(),
              Field.of("item", new ArrowType.Int(32, true)).withMetadata(UNKNOWN)));

  private static RecordBatch batch() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA);
        Tensor tensor = Tensor.of(new int[] {1, 2, 3, 4}, 2, 2)) {
      UuidType.INSTANCE.appender(builder.column(0)).append(ID);
      Bool8Type.INSTANCE.appender(builder.column(1)).append(true);
      TimestampWithOffsetType.INSTANCE.appender(builder.column(2)).append(TIME);
      TENSOR.appender(builder.column(3)).append(tensor.view());
      builder.column(4).appendObject(12);
      builder.column(5).appendObject(List.of(3));
      return builder.build();
    }
  }

  private static void check(RecordBatch batch) {
    assertEquals(SCHEMA, batch.schema());
    assertEquals(ID, Extensions.CANONICAL.reader(batch.column(0)).get(0));
    assertEquals(true, Extensions.CANONICAL.reader(batch.column(1)).get(0));
    assertEquals(TIME, Extensions.CANONICAL.reader(batch.column(2)).get(0));
    assertArrayEquals(new long[] {1, 2, 3, 4}, TENSOR.reader(batch.column(3)).get(0).toLongArray());
    assertNull(Extensions.of(batch.column(4).field()).orElseThrow().type());
    assertEquals(12, batch.column(4).asInt().getInt(0));
    assertEquals(UNKNOWN, batch.column(5).field().children().get(0).metadata());
  }

  static List<Arguments> paths() {
    List<Arguments> all = new ArrayList<>();
    for (String engine : List.of("native", "pure")) {
      for (boolean isFile : new boolean[] {false, true}) {
        all.add(Arguments.of(engine, isFile));
      }
    }
    return all;
  }

  private static byte[] write(RecordBatch batch, String engine, boolean isFile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WriteOptions options = WriteOptions.builder().engine(engine).build();
    Output output = new Output.StreamOutput(out, false);
    try (BatchWriter writer =
        isFile
            ? ArrowIpc.newFile(output, batch.schema(), options, Metadata.EMPTY)
            : ArrowIpc.newStream(output, batch.schema(), options)) {
      writer.write(batch);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void throughStreamsFilesAndTheCDataInterface(String engine, boolean isFile) throws IOException {
    byte[] first;
    try (RecordBatch batch = batch()) {
      check(batch);
      first = write(batch, engine, isFile);
    }
    byte[] second;
    try (BatchReader reader = open(first, engine);
        RecordBatch batch = reader.next();
        ArrowArray array = new ArrowArray();
        ArrowSchema schema = new ArrowSchema()) {
      check(batch);
      batch.exportBatch(array.address(), schema.address());
      try (RecordBatch imported = ArrowIpc.importBatch(array.address(), schema.address())) {
        check(imported);
        second = write(imported, engine, !isFile);
      }
    }
    try (BatchReader reader = open(second, engine);
        RecordBatch batch = reader.next()) {
      check(batch);
    }
  }

  private static BatchReader open(byte[] bytes, String engine) throws IOException {
    return ArrowIpc.open(ByteBuffer.wrap(bytes), ReadOptions.builder().engine(engine).build());
  }
}
