package io.nanoarrow.column;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field in one batch, read in place. A column lives as long as the batch handle
 * it came from; afterwards getters throw IllegalStateException. Rows count from 0; a row out of
 * range is an IndexOutOfBoundsException; bytes that break the format are found at the latest here
 * and are an {@link ArrowFormatException} with the column path. Any thread may read.
 *
 * <p>Getters of primitive values do not look at {@link #isNull}: under a null they return whatever
 * the bytes say. Getters of objects return null for a null row. A child column of a struct knows
 * only its own nulls, not those of the struct.
 */
public abstract sealed class Column
    permits NullColumn,
        BooleanColumn,
        IntegerColumn,
        FloatingPointColumn,
        DecimalColumn,
        TemporalColumn,
        IntervalColumn,
        BytesColumn,
        RepeatedColumn,
        StructColumn,
        UnionColumn,
        DictionaryColumn,
        RunEndEncodedColumn,
        RawColumn {
  final Lease lease;
  final ColumnData data;
  final String path;
  final long offset;
  final long length;

  private final @Nullable ArrowBuffer validity;

  /** Nulls + 1, 0 before they are counted: a column handed over by a data race shows 0 at worst. */
  private volatile long countedNulls;

  Column(ColumnData data, Lease lease, String path) {
    this.data = data;
    this.lease = lease;
    this.path = path;
    this.offset = data.offset();
    this.length = data.length();
    this.validity = data.validity();
    if (validity != null && length > 0 && ((offset + length - 1) >> 3) >= validity.sizeBytes()) {
      throw invalid("the validity bitmap is too small for the rows");
    }
  }

  /** Returns name, type, nullability and metadata. */
  public final Field field() {
    return data.field();
  }

  /** Returns the type of the values; of a dictionary-encoded column, that of the dictionary's. */
  public final ArrowType type() {
    return data.field().type();
  }

  /** Returns the column path from the batch down ("a.b.item"). */
  public final String path() {
    return path;
  }

  /** Returns the number of rows. */
  public final long length() {
    return length;
  }

  /** Returns the layout that this column reads; its buffers live as long as the batch. */
  public final ColumnData data() {
    return data;
  }

  /**
   * Tells whether row {@code row} is null. Unions have no nulls of their own and dictionaries and
   * run-end encoded columns may keep theirs in the values: these columns answer for the value that
   * the row stands for, so that {@code isNull(row)} and {@code getObject(row) == null} agree.
   */
  public boolean isNull(long row) {
    checkRow(row);
    return validity != null && !validity.getBit(offset + row);
  }

  /**
   * Returns the number of null rows: what the sender declared where that is possible, else counted
   * once.
   */
  public final long nullCount() {
    lease.ensureOpen();
    long count = countedNulls - 1;
    if (count < 0) {
      count = countNulls();
      countedNulls = count + 1;
    }
    return count;
  }

  /** Counts the nulls; called while the batch is open. */
  long countNulls() {
    if (validity == null || length == 0) {
      return 0;
    }
    long declared = data.nullCount();
    if (declared >= 0 && declared <= length) {
      return declared;
    }
    return length - Bits.countSet(validity, offset, length);
  }

  /** Counts the rows that {@link #isNull}, where nulls have more than one home. */
  final long countNullRows() {
    long count = 0;
    for (long row = 0; row < length; row++) {
      if (isNull(row)) {
        count++;
      }
    }
    return count;
  }

  /** Tells whether a bitmap of this column's own says that the row is null; the row is checked. */
  final boolean isNullHere(long row) {
    return validity != null && !validity.getBit(offset + row);
  }

  /** Tells whether every row has a valid value as far as this column's own bitmap goes. */
  final boolean hasNoBitmap() {
    return validity == null;
  }

  /**
   * Returns the value as an object, nested ones whole; null when the row is null.
   *
   * <p>Boolean; Byte, Short, Integer, Long for signed integers and the next wider for unsigned ones
   * (uint64: BigInteger); Float (also for half floats), Double, BigDecimal; LocalDate, LocalTime,
   * LocalDateTime or, with a zone, ZonedDateTime (Instant when the zone is not known here),
   * Duration, {@link Interval}; a number that java.time cannot represent stays a Long. String,
   * byte[]; lists are an unmodifiable List; maps a List of Map.Entry (a map value may repeat a
   * key); structs a LinkedHashMap whose repeated names get "#" and the child's index; unions,
   * dictionaries and run-end encoded columns the value that the row stands for.
   *
   * @throws ArrowFormatException when bytes break the format, with kind UNSUPPORTED when a value is
   *     larger than Java's arrays, with LIMIT_EXCEEDED when views that share elements make a nested
   *     value far larger than the bytes there are
   */
  public abstract @Nullable Object getObject(long row);

  /** Returns the value as {@link #getObject(long)} does; nested ones pay for their elements. */
  @Nullable Object getObject(long row, ElementBudget budget) {
    return getObject(row);
  }

  /** Returns what one nested value of this column may hold. */
  final ElementBudget budget() {
    return new ElementBudget(path, Byte.SIZE, data);
  }

  /**
   * Returns the value as text, "null" when it is null.
   *
   * @throws ArrowFormatException as {@link #getObject(long)} does
   */
  public final String text(long row) {
    return text(row, Integer.MAX_VALUE);
  }

  /**
   * Returns the value as text, cut with an ellipsis when it has more than {@code maxChars}; no more
   * of a nested value is read than the text needs.
   */
  public final String text(long row, int maxChars) {
    TextOut out = new TextOut(maxChars, budget());
    appendText(out, row, false);
    return out.text();
  }

  /** Appends the value; {@code quoted} inside nested values. */
  void appendText(TextOut out, long row, boolean quoted) {
    out.add(String.valueOf(getObject(row)));
  }

  /** Returns name, type and the first values. */
  @Override
  public final String toString() {
    StringBuilder out = new StringBuilder(path).append(": ").append(type());
    out.append(", ").append(length).append(" rows");
    if (!lease.isOpen()) {
      return out.append(" (closed)").toString();
    }
    out.append(" [");
    long shown = Math.min(length, 10);
    for (long row = 0; row < shown; row++) {
      out.append(row == 0 ? "" : ", ").append(textOrKind(row));
    }
    return out.append(shown < length ? ", …]" : "]").toString();
  }

  private String textOrKind(long row) {
    try {
      return text(row, 40);
    } catch (ArrowFormatException e) {
      return "<" + e.kind() + ">";
    }
  }

  /** Checks that the batch is open and has this row. */
  final void checkRow(long row) {
    lease.ensureOpen();
    if (row < 0 || row >= length) {
      throw noRow(row);
    }
  }

  private IndexOutOfBoundsException noRow(long row) {
    return new IndexOutOfBoundsException("row " + row + " of " + length + " of column " + path);
  }

  /** Returns what tells whether the batch is open, for views of the column's memory. */
  public final Lease lease() {
    return lease;
  }

  /** Checks that the batch is open and has these rows. */
  final void checkRows(long firstRow, int count) {
    lease.ensureOpen();
    Objects.checkFromIndexSize(firstRow, count, length);
  }

  /** Returns a buffer by its place among {@link ColumnData#buffers}. */
  final ArrowBuffer buffer(int index) {
    if (index >= data.buffers().size()) {
      throw invalid("buffer " + index + " is missing");
    }
    return data.buffers().get(index);
  }

  /** Returns a buffer that has {@code extra} more elements than the rows, when there are rows. */
  final ArrowBuffer buffer(int index, int widthBytes, int extra) {
    ArrowBuffer buffer = buffer(index);
    if (length > 0 && buffer.sizeBytes() / widthBytes - extra < offset + length) {
      throw invalid("buffer " + index + " is too small for the rows");
    }
    return buffer;
  }

  /** Returns the layout of a child. */
  final ColumnData childData(int index) {
    if (index >= data.children().size()) {
      throw invalid("child " + index + " is missing");
    }
    return data.children().get(index);
  }

  /** Makes the column of a child. */
  final Column makeChild(int index) {
    ColumnData child = childData(index);
    return Columns.of(child, lease, path + "." + child.field().name());
  }

  /** Makes the column of a child whose rows are this column's own. */
  final Column makeAlignedChild(int index) {
    ColumnData child = childData(index);
    if (child.length() - length < offset) {
      throw invalid("child " + child.field().name() + " has too few rows");
    }
    return Columns.of(child.slice(offset, length), lease, path + "." + child.field().name());
  }

  final ArrowFormatException invalid(String detail) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, detail, ArrowFormatException.UNKNOWN_OFFSET, path);
  }

  final ArrowFormatException tooLarge(long size) {
    return new ArrowFormatException(
        ErrorKind.UNSUPPORTED,
        "a value of " + size + " bytes or elements is larger than an array can be",
        ArrowFormatException.UNKNOWN_OFFSET,
        path);
  }

  private <T extends Column> T as(Class<T> wanted, String name) {
    if (wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    if (this instanceof RawColumn raw) {
      throw raw.refusal();
    }
    String actual = field().dictionary() == null ? "" : "dictionary of ";
    throw new IllegalArgumentException(
        "column " + path + " is not of type " + name + " but " + actual + type());
  }

  /**
   * Returns this column as its class. This and every other {@code as} method:
   *
   * @throws IllegalArgumentException when it is of another type, naming the path and both types
   */
  public final NullColumn asNull() {
    return as(NullColumn.class, "null");
  }

  /** Returns this column as its class. */
  public final BooleanColumn asBoolean() {
    return as(BooleanColumn.class, "bool");
  }

  /** Returns this column of integers of any width. */
  public final IntegerColumn asInteger() {
    return as(IntegerColumn.class, "integer of any width");
  }

  /** Returns this column as its class: int8 or uint8. */
  public final ByteColumn asByte() {
    return as(ByteColumn.class, "int8 or uint8");
  }

  /** Returns this column as its class: int16 or uint16. */
  public final ShortColumn asShort() {
    return as(ShortColumn.class, "int16 or uint16");
  }

  /** Returns this column as its class: int32 or uint32. */
  public final IntColumn asInt() {
    return as(IntColumn.class, "int32 or uint32");
  }

  /** Returns this column as its class: int64 or uint64. */
  public final LongColumn asLong() {
    return as(LongColumn.class, "int64 or uint64");
  }

  /** Returns this column of floats of any width. */
  public final FloatingPointColumn asFloatingPoint() {
    return as(FloatingPointColumn.class, "float of any width");
  }

  /** Returns this column as its class. */
  public final HalfFloatColumn asHalfFloat() {
    return as(HalfFloatColumn.class, "halffloat");
  }

  /** Returns this column as its class. */
  public final FloatColumn asFloat() {
    return as(FloatColumn.class, "float");
  }

  /** Returns this column as its class. */
  public final DoubleColumn asDouble() {
    return as(DoubleColumn.class, "double");
  }

  /** Returns this column as its class: decimals of any width. */
  public final DecimalColumn asDecimal() {
    return as(DecimalColumn.class, "decimal");
  }

  /** Returns this column of dates, times, timestamps or durations. */
  public final TemporalColumn asTemporal() {
    return as(TemporalColumn.class, "date, time, timestamp or duration");
  }

  /** Returns this column as its class. */
  public final DateColumn asDate() {
    return as(DateColumn.class, "date");
  }

  /** Returns this column as its class. */
  public final TimeColumn asTime() {
    return as(TimeColumn.class, "time");
  }

  /** Returns this column as its class. */
  public final TimestampColumn asTimestamp() {
    return as(TimestampColumn.class, "timestamp");
  }

  /** Returns this column as its class. */
  public final DurationColumn asDuration() {
    return as(DurationColumn.class, "duration");
  }

  /** Returns this column as its class: intervals of any unit. */
  public final IntervalColumn asInterval() {
    return as(IntervalColumn.class, "interval");
  }

  /** Returns this column of text or bytes of any layout. */
  public final BytesColumn asBytes() {
    return as(BytesColumn.class, "text or bytes of any layout");
  }

  /** Returns this column as its class: text of any layout. */
  public final Utf8Column asUtf8() {
    return as(Utf8Column.class, "string, large_string or string_view");
  }

  /** Returns this column as its class: bytes of any layout with sizes of their own. */
  public final BinaryColumn asBinary() {
    return as(BinaryColumn.class, "binary, large_binary or binary_view");
  }

  /** Returns this column as its class. */
  public final FixedSizeBinaryColumn asFixedSizeBinary() {
    return as(FixedSizeBinaryColumn.class, "fixed_size_binary");
  }

  /** Returns this column as its class: lists of any layout with sizes of their own. */
  public final ListColumn asList() {
    return as(ListColumn.class, "list, large_list, list_view or large_list_view");
  }

  /** Returns this column as its class. */
  public final FixedSizeListColumn asFixedSizeList() {
    return as(FixedSizeListColumn.class, "fixed_size_list");
  }

  /** Returns this column as its class. */
  public final MapColumn asMap() {
    return as(MapColumn.class, "map");
  }

  /** Returns this column as its class. */
  public final StructColumn asStruct() {
    return as(StructColumn.class, "struct");
  }

  /** Returns this column as its class: unions of both modes. */
  public final UnionColumn asUnion() {
    return as(UnionColumn.class, "union");
  }

  /** Returns this column as its class: dictionary-encoded values of any type. */
  public final DictionaryColumn asDictionary() {
    return as(DictionaryColumn.class, "dictionary");
  }

  /** Returns this column as its class. */
  public final RunEndEncodedColumn asRunEndEncoded() {
    return as(RunEndEncodedColumn.class, "run_end_encoded");
  }
}
