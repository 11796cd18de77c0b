package io.nanoarrow.transform;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows of arrays of one type into a new array. What is appended is copied, but for
 * dictionaries, which are referred to. Offsets, views, type ids and run ends are checked. One
 * thread at a time.
 *
 * <p>Elements that rows of nested arrays share are copied once for each range, so that the result
 * is not larger than the sources, whatever hostile input claims. After an exception the appender is
 * good only for {@link #reset}.
 */
public abstract class ArrayAppender {
  final Field field;
  private final @Nullable String path;
  private final BitAppender validity = new BitAppender();
  private boolean hasValidity;
  private long length;

  ArrayAppender(Field field) {
    this.field = field;
    this.path = field.name();
  }

  /** Returns an appender for arrays of a field's type. */
  public static ArrayAppender of(Field field) {
    return Appenders.of(field);
  }

  /** Returns the rows appended. */
  public final long length() {
    return length;
  }

  /**
   * Appends rows of an array of the same type.
   *
   * @param source whose memory stays during the call; its dictionaries while they are referred to
   * @throws ArrowFormatException of kind INVALID_DATA when what the array says is not within it
   * @throws TooManyValuesException when the rows do not fit behind those before
   * @throws IllegalArgumentException when its dictionary neither extends nor begins the one before
   */
  public final void append(ColumnData source, long start, long count) {
    Objects.checkFromIndexSize(start, count, source.length());
    if (count == 0) {
      noteUnused(source);
      return;
    }
    long first = source.offset() + start;
    ArrowBuffer valid = source.validity();
    boolean allValid = valid == null || source.nullCount() == 0;
    if (!allValid && (first + count + 7 >> 3) > valid.sizeBytes()) {
      throw invalid("the validity bitmap is too small for the rows");
    }
    try {
      appendRows(source, first, count);
    } catch (IndexOutOfBoundsException e) {
      ArrowFormatException invalid = invalid("a buffer is too small for the rows");
      invalid.initCause(e);
      throw invalid;
    }
    if (allValid) {
      fillValidity(count);
    } else {
      startValidity();
      validity.append(valid, first, count);
    }
    length += count;
  }

  /** Appends null rows; a union's first child gets nulls, a run-end encoded array a null run. */
  public final void appendNulls(long count) {
    if (count == 0) {
      return;
    }
    padRows(count);
    if (hasOwnNulls()) {
      startValidity();
      validity.fill(false, count);
    } else {
      fillValidity(count);
    }
    length += count;
  }

  private void fillValidity(long count) {
    if (hasValidity) {
      validity.fill(true, count);
    }
  }

  private void startValidity() {
    if (!hasValidity) {
      hasValidity = true;
      validity.fill(true, length);
    }
  }

  /**
   * Returns what has been appended so far; it stays good while more is appended, until {@link
   * #reset}. Whoever uses it keeps dictionaries that it refers to.
   */
  public final ColumnData array() {
    return new ColumnData(
        field,
        length,
        0,
        hasValidity ? ColumnData.UNKNOWN_NULL_COUNT : 0,
        hasValidity ? validity.view() : null,
        buffers(),
        children(),
        dictionary());
  }

  /** Starts again; the memory is used again, so that arrays returned before change. */
  public final void reset() {
    validity.reset();
    hasValidity = false;
    length = 0;
    resetRows();
  }

  /** Tells whether a bitmap of its own says what is null. */
  boolean hasOwnNulls() {
    return true;
  }

  /**
   * Appends rows counted from the start of the source's buffers; length() is still without them.
   */
  abstract void appendRows(ColumnData source, long first, long count);

  /**
   * Remembers the dictionaries of a source of which no row is appended: an array without indices
   * still has the dictionary that its stream knows.
   */
  void noteUnused(ColumnData source) {}

  /** Lets the appenders of the children do {@link #noteUnused}, as far as the source has them. */
  static void noteUnused(List<ArrayAppender> appenders, ColumnData source) {
    int count = Math.min(appenders.size(), source.children().size());
    for (int i = 0; i < count; i++) {
      appenders.get(i).noteUnused(source.children().get(i));
    }
  }

  /** Appends rows whose content does not matter. */
  abstract void padRows(long count);

  abstract List<ArrowBuffer> buffers();

  List<ColumnData> children() {
    return List.of();
  }

  @Nullable ColumnData dictionary() {
    return null;
  }

  abstract void resetRows();

  /** Returns a child of the source, which must have it. */
  final ColumnData child(ColumnData source, int index) {
    if (index >= source.children().size()) {
      throw invalid("child " + index + " is missing");
    }
    return source.children().get(index);
  }

  final ArrowBuffer buffer(ColumnData source, int index) {
    if (index >= source.buffers().size()) {
      throw invalid("buffer " + index + " is missing");
    }
    return source.buffers().get(index);
  }

  /** Tells whether a row of the source, counted from the start of its buffers, is null. */
  static boolean isNull(ColumnData source, long row) {
    ArrowBuffer valid = source.validity();
    return valid != null && !valid.getBit(row);
  }

  final ArrowFormatException invalid(String detail) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, detail, ArrowFormatException.UNKNOWN_OFFSET, path);
  }

  /** Checks that {@code [start, start + size)} is within what there is. */
  final void checkRange(long start, long size, long limit) {
    if (start < 0 || size < 0 || start > limit - size) {
      throw invalid("%d from %d on leave the %d there are".formatted(size, start, limit));
    }
  }

  final TooManyValuesException tooMany(String what) {
    return new TooManyValuesException("column " + path + ": " + what);
  }
}
