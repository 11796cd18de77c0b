package io.nanoarrow.engine;

import static io.nanoarrow.engine.TypeNumbers.*;

import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes a schema as the descriptor that a {@code naj_schema} is made from. */
final class SchemaWriter {
  private static final int METADATA_V5 = 4;
  private static final Map<Class<?>, Integer> NUMBERS =
      Map.ofEntries(
          entry(ArrowType.Null.class, NULL),
          entry(ArrowType.Bool.class, BOOL),
          entry(ArrowType.Decimal.class, DECIMAL),
          entry(ArrowType.Timestamp.class, TIMESTAMP),
          entry(ArrowType.Duration.class, DURATION),
          entry(ArrowType.Utf8.class, UTF8),
          entry(ArrowType.LargeUtf8.class, LARGE_UTF8),
          entry(ArrowType.Utf8View.class, UTF8_VIEW),
          entry(ArrowType.Binary.class, BINARY),
          entry(ArrowType.LargeBinary.class, LARGE_BINARY),
          entry(ArrowType.BinaryView.class, BINARY_VIEW),
          entry(ArrowType.FixedSizeBinary.class, FIXED_SIZE_BINARY),
          entry(ArrowType.ListType.class, LIST),
          entry(ArrowType.LargeList.class, LARGE_LIST),
          entry(ArrowType.ListView.class, LIST_VIEW),
          entry(ArrowType.LargeListView.class, LARGE_LIST_VIEW),
          entry(ArrowType.FixedSizeList.class, FIXED_SIZE_LIST),
          entry(ArrowType.Struct.class, STRUCT),
          entry(ArrowType.MapType.class, MAP),
          entry(ArrowType.RunEndEncoded.class, RUN_END_ENCODED));

  private final ByteBuffer records;
  private final int tailStart;
  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
  private int nextField;

  private SchemaWriter(int fieldCount) {
    tailStart =
        Math.addExact(
            DescriptorHeader.BYTES, Math.multiplyExact(fieldCount, DescriptorHeader.FIELD_BYTES));
    records = ByteBuffer.allocate(tailStart).order(ByteOrder.nativeOrder());
  }

  /** Makes a {@code naj_schema} that the caller releases. */
  static long toHandle(Schema schema) {
    if (schema.byteOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException(
          "big-endian batches have no place in the C Data Interface of this machine");
    }
    byte[] descriptor = write(schema);
    NativeMemory memory = NativeMemory.allocate(descriptor.length);
    try {
      memory.root().put(0, descriptor);
      Scratch scratch = Scratch.get();
      long handle =
          Naj.naj_bind_schema_from_descriptor(
              memory.address(), descriptor.length, 0, scratch.error);
      if (handle == 0) {
        throw Status.failure(scratch);
      }
      return handle;
    } finally {
      memory.close();
    }
  }

  /** Returns the descriptor of a schema. */
  static byte[] write(Schema schema) {
    SchemaWriter out = new SchemaWriter(countFields(schema.fields()));
    schema.fields().forEach(out::field);
    BatchLayout layout = new BatchLayout(schema, false, null);
    byte[] metadata = KeyValues.write(schema.metadata());
    ByteBuffer header = out.records;
    header.putInt(0, DescriptorHeader.VERSION);
    header.putInt(4, out.nextField);
    header.putInt(8, schema.fields().size());
    header.putInt(16, METADATA_V5);
    header.putLong(32, layout.nodeCount());
    header.putLong(40, layout.bufferCount());
    header.putLong(48, out.append(metadata));
    header.putLong(56, metadata.length);
    out.append(new byte[0]);
    int size = Math.addExact(out.tailStart, out.tail.size());
    header.putLong(64, size);
    byte[] descriptor = new byte[size];
    header.get(0, descriptor, 0, out.tailStart);
    System.arraycopy(out.tail.toByteArray(), 0, descriptor, out.tailStart, out.tail.size());
    return descriptor;
  }

  private static int countFields(List<Field> fields) {
    int count = fields.size();
    for (Field field : fields) {
      count = Math.addExact(count, countFields(field.children()));
    }
    return count;
  }

  private void field(Field field) {
    int at = DescriptorHeader.BYTES + DescriptorHeader.FIELD_BYTES * nextField++;
    ArrowType type = field.type();
    int flags = field.nullable() ? FLAG_NULLABLE : 0;
    DictionaryEncoding dictionary = field.dictionary();
    if (dictionary != null) {
      flags |= FLAG_DICTIONARY | (dictionary.ordered() ? FLAG_ORDERED : 0);
      records.putInt(at + 12, number(dictionary.indexType()));
      records.putLong(at + 32, dictionary.id());
    }
    if (type instanceof ArrowType.MapType map && map.keysSorted()) {
      flags |= FLAG_KEYS_SORTED;
    }
    records.putInt(at, number(type));
    records.putInt(at + 4, flags);
    records.putInt(at + 8, field.children().size());
    parameters(at, type);
    byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
    records.putInt(at + 28, name.length);
    records.putLong(at + 40, append(name));
    byte[] metadata = KeyValues.write(field.metadata());
    records.putLong(at + 48, append(metadata));
    records.putLong(at + 56, metadata.length);
    byte[] extra = extra(type);
    records.putLong(at + 64, append(extra));
    records.putLong(at + 72, extra.length);
    field.children().forEach(this::field);
  }

  private void parameters(int at, ArrowType type) {
    if (type instanceof ArrowType.Decimal decimal) {
      records.putInt(at + 16, decimal.precision());
      records.putInt(at + 20, decimal.scale());
      records.putInt(at + 24, decimal.bitWidth());
    } else if (type instanceof ArrowType.Time time) {
      records.putInt(at + 16, time.unit().ordinal());
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      records.putInt(at + 16, timestamp.unit().ordinal());
    } else if (type instanceof ArrowType.Duration duration) {
      records.putInt(at + 16, duration.unit().ordinal());
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      records.putInt(at + 16, binary.byteWidth());
    } else if (type instanceof ArrowType.FixedSizeList list) {
      records.putInt(at + 16, list.listSize());
    }
  }

  private static byte[] extra(ArrowType type) {
    if (type instanceof ArrowType.Timestamp timestamp && timestamp.timezone() != null) {
      return timestamp.timezone().getBytes(StandardCharsets.UTF_8);
    }
    if (type instanceof ArrowType.Union union) {
      ByteBuffer ids =
          ByteBuffer.allocate(4 * union.typeIds().size()).order(ByteOrder.nativeOrder());
      union.typeIds().forEach(ids::putInt);
      return ids.array();
    }
    return new byte[0];
  }

  /** Appends bytes at the next multiple of 8 and returns where they begin. */
  private long append(byte[] bytes) {
    while (tail.size() % 8 != 0) {
      tail.write(0);
    }
    long offset = tailStart + (long) tail.size();
    tail.writeBytes(bytes);
    return offset;
  }

  static int number(ArrowType type) {
    if (type instanceof ArrowType.Int it) {
      int width = Integer.numberOfTrailingZeros(it.bitWidth()) - 3;
      return (it.signed() ? INT8 : UINT8) + width;
    }
    if (type instanceof ArrowType.FloatingPoint it) {
      return HALF_FLOAT + it.precision().ordinal();
    }
    if (type instanceof ArrowType.Date it) {
      return it.unit() == DateUnit.DAY ? DATE32 : DATE64;
    }
    if (type instanceof ArrowType.Time it) {
      return it.bitWidth() == 32 ? TIME32 : TIME64;
    }
    if (type instanceof ArrowType.Interval it) {
      return INTERVAL_MONTHS + it.unit().ordinal();
    }
    if (type instanceof ArrowType.Union it) {
      return it.mode() == UnionMode.SPARSE ? SPARSE_UNION : DENSE_UNION;
    }
    return NUMBERS.get(type.getClass());
  }

  private static Map.Entry<Class<?>, Integer> entry(Class<?> type, int number) {
    return Map.entry(type, number);
  }
}
