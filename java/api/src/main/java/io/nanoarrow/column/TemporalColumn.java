package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import java.time.DateTimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of dates, times, timestamps or durations: numbers of 32 or 64 bits that count a unit.
 *
 * <p>Getters of java.time objects throw DateTimeException or ArithmeticException for a number that
 * java.time cannot represent; {@link #getObject} and {@link #text} give the number instead.
 */
public abstract sealed class TemporalColumn extends Column
    permits DateColumn, TimeColumn, TimestampColumn, DurationColumn {
  private final ArrowBuffer values;
  private final boolean wide;

  TemporalColumn(ColumnData data, Lease lease, String path, int widthBytes) {
    super(data, lease, path);
    values = buffer(0, widthBytes, 0);
    wide = widthBytes == Long.BYTES;
  }

  /** Returns the number as stored, in the type's unit. */
  public final long getLong(long row) {
    checkRow(row);
    return wide ? values.getLong((offset + row) << 3) : values.getInt((offset + row) << 2);
  }

  /** Copies {@code count} numbers from {@code firstRow} on. */
  public final void copyTo(long firstRow, long[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    if (wide) {
      Bulk.copy(values, offset + firstRow, target, targetOffset, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = values.getInt((offset + firstRow + i) << 2);
    }
  }

  /** Returns the java.time object of a number; may fail as the class says. */
  abstract Object toJavaTime(long value);

  @Override
  public final @Nullable Object getObject(long row) {
    if (isNull(row)) {
      return null;
    }
    long value = getLong(row);
    try {
      return toJavaTime(value);
    } catch (DateTimeException | ArithmeticException e) {
      return value;
    }
  }
}
