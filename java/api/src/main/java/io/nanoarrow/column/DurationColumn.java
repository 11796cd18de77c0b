package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A column of amounts of time, counted in the type's unit. */
public final class DurationColumn extends TemporalColumn {
  private final long unitsPerSecond;

  DurationColumn(ColumnData data, Lease lease, String path, ArrowType.Duration type) {
    super(data, lease, path, Long.BYTES);
    unitsPerSecond = Units.perSecond(type.unit());
  }

  /** Returns the duration of a row, null when it is null; every number is one. */
  public @Nullable Duration getDuration(long row) {
    return isNull(row) ? null : toDuration(getLong(row));
  }

  private Duration toDuration(long value) {
    long fraction = Math.floorMod(value, unitsPerSecond);
    return Duration.ofSeconds(
        Math.floorDiv(value, unitsPerSecond), fraction * (Units.NANOS_PER_SECOND / unitsPerSecond));
  }

  @Override
  Object toJavaTime(long value) {
    return toDuration(value);
  }
}
