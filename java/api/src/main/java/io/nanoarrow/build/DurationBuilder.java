package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.time.Duration;

/** Builds a column of amounts of time, counted in the type's unit. */
public final class DurationBuilder extends TemporalBuilder {
  private final int unitsPerSecond;

  DurationBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Duration type) {
    super(field, path, memory, expectedRows, Long.BYTES);
    unitsPerSecond = perSecond(type.unit());
  }

  /**
   * Appends a duration.
   *
   * @throws IllegalArgumentException when it has a part below the unit or is out of range
   */
  public void append(Duration duration) {
    append(units(duration.getSeconds(), duration.getNano(), unitsPerSecond));
  }

  @Override
  Class<?> objectClass() {
    return Duration.class;
  }

  @Override
  boolean putTime(Object value) {
    if (value instanceof Duration duration) {
      append(duration);
      return true;
    }
    return false;
  }
}
