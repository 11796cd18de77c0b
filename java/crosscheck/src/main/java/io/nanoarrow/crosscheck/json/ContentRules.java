package io.nanoarrow.crosscheck.json;

import io.nanoarrow.column.Column;
import io.nanoarrow.column.DecimalColumn;
import io.nanoarrow.column.DictionaryColumn;
import io.nanoarrow.column.FixedSizeListColumn;
import io.nanoarrow.column.ListColumn;
import io.nanoarrow.column.MapColumn;
import io.nanoarrow.column.RunEndEncodedColumn;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.column.TemporalColumn;
import io.nanoarrow.column.UnionColumn;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.TimeUnit;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Checks that decimals keep to their precision, dates are whole days and times lie within a day:
 * what full validation checks, less what a quirk lets pass.
 */
final class ContentRules {
  private static final long DAY_SECONDS = 86_400;
  private static final long DAY_MILLIS = DAY_SECONDS * 1000;

  private final Quirks quirks;
  private final long batch;

  ContentRules(Quirks quirks, long batch) {
    this.quirks = quirks;
    this.batch = batch;
  }

  /** Returns the first value of a column that breaks a rule, or null. */
  @Nullable IntegrationDifference firstBreach(Column column) {
    ArrowType type = column.type();
    if (column instanceof DictionaryColumn encoded) {
      return firstBreach(encoded.values());
    } else if (column instanceof DecimalColumn decimals && !quirks.decimals()) {
      return decimals(decimals, ((ArrowType.Decimal) type).precision());
    } else if (column instanceof TemporalColumn times && type instanceof ArrowType.Time time) {
      return quirks.times() ? null : times(times, perDay(time.unit()));
    } else if (column instanceof TemporalColumn dates
        && type instanceof ArrowType.Date date
        && date.unit() == DateUnit.MILLISECOND) {
      return quirks.date64() ? null : dates(dates);
    } else if (column instanceof StructColumn struct) {
      return children(struct.childCount(), struct::child);
    } else if (column instanceof UnionColumn union) {
      return children(union.childCount(), union::child);
    } else if (column instanceof ListColumn list) {
      return firstBreach(list.values());
    } else if (column instanceof FixedSizeListColumn list) {
      return firstBreach(list.values());
    } else if (column instanceof MapColumn map) {
      return firstBreach(map.entries());
    } else if (column instanceof RunEndEncodedColumn runs) {
      return firstBreach(runs.values());
    }
    return null;
  }

  /** Gives a child by its index. */
  private interface Children {
    Column get(int index);
  }

  private @Nullable IntegrationDifference children(int count, Children children) {
    for (int i = 0; i < count; i++) {
      IntegrationDifference found = firstBreach(children.get(i));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static long perDay(TimeUnit unit) {
    return DAY_SECONDS * (long) Math.pow(1000, unit.ordinal());
  }

  private @Nullable IntegrationDifference decimals(DecimalColumn column, int precision) {
    BigInteger limit = BigInteger.TEN.pow(Math.min(precision, column.bitWidth()));
    for (long row = 0; row < column.length(); row++) {
      BigInteger value = column.getUnscaled(row);
      if (value != null && value.abs().compareTo(limit) >= 0) {
        return breach(column, row, "a decimal of more than " + precision + " digits");
      }
    }
    return null;
  }

  private @Nullable IntegrationDifference times(TemporalColumn column, long perDay) {
    for (long row = 0; row < column.length(); row++) {
      long value = column.getLong(row);
      if (!column.isNull(row) && (value < 0 || value >= perDay)) {
        return breach(column, row, "a time outside of a day");
      }
    }
    return null;
  }

  private @Nullable IntegrationDifference dates(TemporalColumn column) {
    for (long row = 0; row < column.length(); row++) {
      if (!column.isNull(row) && column.getLong(row) % DAY_MILLIS != 0) {
        return breach(column, row, "a date that is no whole day");
      }
    }
    return null;
  }

  private IntegrationDifference breach(Column column, long row, String what) {
    return new IntegrationDifference(batch, column.path(), "content", row, null, what);
  }
}
