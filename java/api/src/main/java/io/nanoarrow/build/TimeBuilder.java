package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.time.LocalTime;

/** Builds a column of times of day, counted in the type's unit from midnight. */
public final class TimeBuilder extends TemporalBuilder {
  private final int unitsPerSecond;

  TimeBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Time type) {
    super(field, path, memory, expectedRows, type.bitWidth() / Byte.SIZE);
    unitsPerSecond = perSecond(type.unit());
  }

  /**
   * Appends a time.
   *
   * @throws IllegalArgumentException when it has a part below the unit
   */
  public void append(LocalTime time) {
    append(units(time.toSecondOfDay(), time.getNano(), unitsPerSecond));
  }

  @Override
  Class<?> objectClass() {
    return LocalTime.class;
  }

  @Override
  boolean putTime(Object value) {
    if (value instanceof LocalTime time) {
      append(time);
      return true;
    }
    return false;
  }
}
