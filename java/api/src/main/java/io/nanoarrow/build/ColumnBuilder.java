package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one column, or of a child of one, row after row. Belongs to its {@link
 * BatchBuilder}: the same object for every batch, used by one thread at a time, of no use once that
 * is closed (IllegalStateException). Values are copied.
 *
 * <p>A value that the type cannot hold is an IllegalArgumentException that names the column: out of
 * range, with digits or parts below the type's unit, null where the field is not nullable, text
 * that is not Unicode. The row is not appended then. What does not fit into the memory of one batch
 * is an IllegalStateException.
 */
public abstract sealed class ColumnBuilder
    permits NullBuilder,
        BooleanBuilder,
        FixedWidthBuilder,
        BytesBuilder,
        RepeatedBuilder,
        StructBuilder,
        UnionBuilder,
        DictionaryBuilder,
        RunEndEncodedBuilder {
  final Field field;
  final String path;
  final BuilderMemory memory;
  final ValidityBits validity;
  long length;

  private final boolean nullable;

  ColumnBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    this.field = field;
    this.path = path;
    this.memory = memory;
    this.nullable = field.nullable();
    this.validity = new ValidityBits(memory, path, expectedRows);
  }

  /** Returns name, type, nullability and metadata. */
  public final Field field() {
    return field;
  }

  /** Returns the type of the values; of a dictionary-encoded column, that of the dictionary's. */
  public final ArrowType type() {
    return field.type();
  }

  /** Returns the column path from the batch down ("a.b.item"). */
  public final String path() {
    return path;
  }

  /** Returns the number of rows appended since the last batch. */
  public final long length() {
    return length;
  }

  /**
   * Appends a null.
   *
   * @throws IllegalArgumentException when the field is not nullable
   */
  public final void appendNull() {
    ensureNullable();
    long before = length;
    try {
      putNull();
    } catch (OutOfMemoryError e) {
      truncate(before);
      throw e;
    }
  }

  /** Appends {@code count} nulls. */
  public final void appendNulls(long count) {
    for (long i = 0; i < count; i++) {
      appendNull();
    }
  }

  /**
   * Appends a value as {@link io.nanoarrow.column.Column#getObject} returns it, so that rows can be
   * copied; null appends a null. Besides, integers of any width are taken for each other and for
   * floats where nothing is lost, a Collection or Object[] for a list, a Map for a map, and a List
   * of the children's values, in their order, for a struct. Children that a struct's Map does not
   * name become null. Of the children of a union the first is taken that takes the value.
   *
   * @throws IllegalArgumentException when the column cannot hold it; nothing is appended then
   */
  public final void appendObject(@Nullable Object value) {
    if (value == null) {
      appendNull();
      return;
    }
    long before = length;
    try {
      putObject(value);
    } catch (RuntimeException | Error e) {
      truncate(before);
      throw e;
    }
  }

  /** Returns the class that {@code Column.getObject} gives. */
  abstract Class<?> objectClass();

  /** Appends a value that is not null; may leave elements behind when it throws. */
  abstract void putObject(Object value);

  /** Appends a null, whatever the field says. */
  abstract void putNull();

  /** Appends some value that is not null, for a field that cannot be. */
  abstract void putDefault();

  /** Appends a value below a null parent. */
  void putBlank() {
    if (nullable) {
      putNull();
    } else {
      putDefault();
    }
  }

  /** Forgets the rows from {@code rows} on, and elements without a row. */
  abstract void truncate(long rows);

  /** Checks that nothing is unfinished in the rows. */
  void ensureComplete() {}

  /** Hands over, or shares, what was appended; complete by {@link #ensureComplete}. */
  abstract ColumnData finish(Output out);

  /** Gives memory back. */
  abstract void release();

  /** Makes the array of {@link #finish}; without sharing the rows begin anew. */
  final ColumnData array(
      Output out,
      List<ArrowBuffer> buffers,
      List<ColumnData> children,
      @Nullable ColumnData dictionary) {
    long nulls = validity.nullCount();
    ArrowBuffer bits = validity.finish(length, out);
    ColumnData data = new ColumnData(field, length, 0, nulls, bits, buffers, children, dictionary);
    if (!out.isSharing()) {
      length = 0;
    }
    return data;
  }

  final boolean isNullable() {
    return nullable;
  }

  final void ensureNullable() {
    if (!nullable) {
      throw bad("null in a column that is not nullable");
    }
  }

  /** Checks a bulk append. */
  final void checkBulk(int arrayLength, int from, int count, boolean @Nullable [] valid) {
    Objects.checkFromIndexSize(from, count, arrayLength);
    if (valid == null) {
      return;
    }
    Objects.checkFromIndexSize(from, count, valid.length);
    for (int i = 0; i < count && !nullable; i++) {
      if (!valid[from + i]) {
        ensureNullable();
      }
    }
  }

  final IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("column " + path + " (" + type() + "): " + what);
  }

  final IllegalArgumentException badClass(Object value) {
    return bad("it takes no " + value.getClass().getName());
  }

  final IllegalStateException unfinished(String what) {
    return new IllegalStateException("column " + path + ": " + what);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + path + ": " + type() + ", " + length + " rows]";
  }

  private <T extends ColumnBuilder> T as(Class<T> wanted, String name) {
    if (wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    String actual = field.dictionary() == null ? "" : "dictionary of ";
    throw new IllegalArgumentException(
        "column " + path + " is not of type " + name + " but " + actual + type());
  }

  /**
   * Returns this builder as its class. This and every other {@code as} method:
   *
   * @throws IllegalArgumentException when it is of another type, naming the path and both types
   */
  public final NullBuilder asNull() {
    return as(NullBuilder.class, "null");
  }

  /** Returns this builder as its class. */
  public final BooleanBuilder asBoolean() {
    return as(BooleanBuilder.class, "bool");
  }

  /** Returns this builder of integers of any width. */
  public final IntegerBuilder asInteger() {
    return as(IntegerBuilder.class, "integer of any width");
  }

  /** Returns this builder as its class: int8 or uint8. */
  public final ByteBuilder asByte() {
    return as(ByteBuilder.class, "int8 or uint8");
  }

  /** Returns this builder as its class: int16 or uint16. */
  public final ShortBuilder asShort() {
    return as(ShortBuilder.class, "int16 or uint16");
  }

  /** Returns this builder as its class: int32 or uint32. */
  public final IntBuilder asInt() {
    return as(IntBuilder.class, "int32 or uint32");
  }

  /** Returns this builder as its class: int64 or uint64. */
  public final LongBuilder asLong() {
    return as(LongBuilder.class, "int64 or uint64");
  }

  /** Returns this builder of floats of any width. */
  public final FloatingPointBuilder asFloatingPoint() {
    return as(FloatingPointBuilder.class, "float of any width");
  }

  /** Returns this builder as its class. */
  public final HalfFloatBuilder asHalfFloat() {
    return as(HalfFloatBuilder.class, "halffloat");
  }

  /** Returns this builder as its class. */
  public final FloatBuilder asFloat() {
    return as(FloatBuilder.class, "float");
  }

  /** Returns this builder as its class. */
  public final DoubleBuilder asDouble() {
    return as(DoubleBuilder.class, "double");
  }

  /** Returns this builder as its class: decimals of any width. */
  public final DecimalBuilder asDecimal() {
    return as(DecimalBuilder.class, "decimal");
  }

  /** Returns this builder of dates, times, timestamps or durations. */
  public final TemporalBuilder asTemporal() {
    return as(TemporalBuilder.class, "date, time, timestamp or duration");
  }

  /** Returns this builder as its class. */
  public final DateBuilder asDate() {
    return as(DateBuilder.class, "date");
  }

  /** Returns this builder as its class. */
  public final TimeBuilder asTime() {
    return as(TimeBuilder.class, "time");
  }

  /** Returns this builder as its class. */
  public final TimestampBuilder asTimestamp() {
    return as(TimestampBuilder.class, "timestamp");
  }

  /** Returns this builder as its class. */
  public final DurationBuilder asDuration() {
    return as(DurationBuilder.class, "duration");
  }

  /** Returns this builder as its class: intervals of any unit. */
  public final IntervalBuilder asInterval() {
    return as(IntervalBuilder.class, "interval");
  }

  /** Returns this builder as its class: text of any layout. */
  public final Utf8Builder asUtf8() {
    return as(Utf8Builder.class, "string, large_string or string_view");
  }

  /** Returns this builder as its class: bytes of any layout with sizes of their own. */
  public final BinaryBuilder asBinary() {
    return as(BinaryBuilder.class, "binary, large_binary or binary_view");
  }

  /** Returns this builder as its class. */
  public final FixedSizeBinaryBuilder asFixedSizeBinary() {
    return as(FixedSizeBinaryBuilder.class, "fixed_size_binary");
  }

  /** Returns this builder as its class: lists of any layout, those of one size among them. */
  public final ListBuilder asList() {
    return as(ListBuilder.class, "list of any layout");
  }

  /** Returns this builder as its class. */
  public final MapBuilder asMap() {
    return as(MapBuilder.class, "map");
  }

  /** Returns this builder as its class. */
  public final StructBuilder asStruct() {
    return as(StructBuilder.class, "struct");
  }

  /** Returns this builder as its class: unions of both modes. */
  public final UnionBuilder asUnion() {
    return as(UnionBuilder.class, "union");
  }

  /** Returns this builder as its class: dictionary-encoded values of any type. */
  public final DictionaryBuilder asDictionary() {
    return as(DictionaryBuilder.class, "dictionary");
  }

  /** Returns this builder as its class. */
  public final RunEndEncodedBuilder asRunEndEncoded() {
    return as(RunEndEncodedBuilder.class, "run_end_encoded");
  }
}
