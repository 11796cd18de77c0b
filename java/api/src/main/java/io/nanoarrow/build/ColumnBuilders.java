package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the builder class that goes with a type, for all columns of one schema. */
final class ColumnBuilders {
  private final BuilderMemory memory;
  private final Map<Long, SharedDictionary> dictionaries = new HashMap<>();

  private record SharedDictionary(Field field, DictionaryValues values) {}

  ColumnBuilders(BuilderMemory memory) {
    this.memory = memory;
  }

  /**
   * Returns a builder.
   *
   * @param path the column path, for messages
   * @param expectedRows rows that memory is made for at once; children get theirs as they grow
   * @throws IllegalArgumentException when the field breaks the format
   */
  ColumnBuilder of(Field field, String path, long expectedRows) {
    DictionaryEncoding encoding = field.dictionary();
    if (encoding != null) {
      return new DictionaryBuilder(
          field, path, memory, expectedRows, encoding, dictionary(field, path, encoding));
    }
    ArrowType type = field.type();
    if (type instanceof ArrowType.Int integer) {
      return integer(field, path, expectedRows, integer);
    } else if (type instanceof ArrowType.FloatingPoint number) {
      return switch (number.precision()) {
        case HALF -> new HalfFloatBuilder(field, path, memory, expectedRows);
        case SINGLE -> new FloatBuilder(field, path, memory, expectedRows);
        case DOUBLE -> new DoubleBuilder(field, path, memory, expectedRows);
      };
    } else if (type instanceof ArrowType.Utf8
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.Utf8View) {
      return new Utf8Builder(field, path, memory, expectedRows);
    } else if (type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeBinary
        || type instanceof ArrowType.BinaryView) {
      return new BinaryBuilder(field, path, memory, expectedRows);
    } else if (type instanceof ArrowType.Bool) {
      return new BooleanBuilder(field, path, memory, expectedRows);
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      return new TimestampBuilder(field, path, memory, expectedRows, timestamp);
    } else if (type instanceof ArrowType.Date date) {
      return new DateBuilder(field, path, memory, expectedRows, date);
    } else if (type instanceof ArrowType.Time time) {
      return new TimeBuilder(field, path, memory, expectedRows, time);
    } else if (type instanceof ArrowType.Duration duration) {
      return new DurationBuilder(field, path, memory, expectedRows, duration);
    } else if (type instanceof ArrowType.Interval interval) {
      return new IntervalBuilder(field, path, memory, expectedRows, interval);
    } else if (type instanceof ArrowType.Decimal decimal) {
      return new DecimalBuilder(field, path, memory, expectedRows, decimal);
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      return new FixedSizeBinaryBuilder(field, path, memory, expectedRows, binary);
    }
    return nested(field, path, expectedRows, type);
  }

  private ColumnBuilder integer(Field field, String path, long expectedRows, ArrowType.Int type) {
    return switch (type.bitWidth()) {
      case 8 -> new ByteBuilder(field, path, memory, expectedRows, type);
      case 16 -> new ShortBuilder(field, path, memory, expectedRows, type);
      case 32 -> new IntBuilder(field, path, memory, expectedRows, type);
      default -> new LongBuilder(field, path, memory, expectedRows, type);
    };
  }

  private ColumnBuilder nested(Field field, String path, long expectedRows, ArrowType type) {
    if (type instanceof ArrowType.Struct) {
      return new StructBuilder(
          field, path, memory, expectedRows, children(field, path, expectedRows));
    } else if (type instanceof ArrowType.MapType) {
      ColumnBuilder entries = children(field, path, 1, 0)[0];
      if (!(entries instanceof StructBuilder struct) || struct.childCount() != 2) {
        throw malformed(path, "the entries are not a struct of a key and a value");
      }
      return new MapBuilder(field, path, memory, expectedRows, struct);
    } else if (type instanceof ArrowType.Union union) {
      return new UnionBuilder(field, path, memory, expectedRows, union, children(field, path, 0));
    } else if (type instanceof ArrowType.RunEndEncoded) {
      ColumnBuilder values = children(field, path, 2, 0)[1];
      return new RunEndEncodedBuilder(field, path, memory, values);
    } else if (type instanceof ArrowType.Null) {
      return new NullBuilder(field, path, memory);
    }
    return new ListBuilder(field, path, memory, expectedRows, children(field, path, 1, 0)[0]);
  }

  private ColumnBuilder[] children(Field field, String path, int count, long expectedRows) {
    if (field.children().size() != count) {
      throw malformed(path, field.children().size() + " children of " + field.type());
    }
    return children(field, path, expectedRows);
  }

  private ColumnBuilder[] children(Field field, String path, long expectedRows) {
    List<Field> fields = field.children();
    ColumnBuilder[] children = new ColumnBuilder[fields.size()];
    for (int i = 0; i < children.length; i++) {
      children[i] = of(fields.get(i), path + "." + fields.get(i).name(), expectedRows);
    }
    return children;
  }

  private DictionaryValues dictionary(Field field, String path, DictionaryEncoding encoding) {
    Field values =
        new Field(field.name(), true, field.type(), null, field.children(), field.metadata());
    SharedDictionary shared = dictionaries.get(encoding.id());
    if (shared == null) {
      shared = new SharedDictionary(values, new DictionaryValues(of(values, path, 0)));
      dictionaries.put(encoding.id(), shared);
    } else if (!shared.field.type().equals(values.type())
        || !shared.field.children().equals(values.children())) {
      throw malformed(path, "dictionary " + encoding.id() + " has values of another type already");
    }
    return shared.values;
  }

  private static IllegalArgumentException malformed(String path, String what) {
    return new IllegalArgumentException("column " + path + ": " + what);
  }
}
