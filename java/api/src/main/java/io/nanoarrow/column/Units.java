package io.nanoarrow.column;

import io.nanoarrow.schema.TimeUnit;

/** What units of time count. */
final class Units {
  static final long NANOS_PER_SECOND = 1_000_000_000;

  private Units() {}

  static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> NANOS_PER_SECOND;
    };
  }
}
