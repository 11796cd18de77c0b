package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.column.TimestampColumn;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.TimeUnit;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * arrow.timestamp_with_offset: a struct of a timestamp in UTC and the offset of the local time in
 * minutes, which may be dictionary- or run-end-encoded.
 */
public final class TimestampWithOffsetType implements ExtensionType<OffsetDateTime> {
  /** The name of the type. */
  public static final String NAME = "arrow.timestamp_with_offset";

  /** The type. */
  public static final TimestampWithOffsetType INSTANCE = new TimestampWithOffsetType();

  private static final ArrowType OFFSET = new ArrowType.Int(16, true);

  private TimestampWithOffsetType() {}

  static TimestampWithOffsetType parse(String metadata) {
    Parameters.requireNone(NAME, metadata);
    return INSTANCE;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String metadata() {
    return "";
  }

  @Override
  public void requireStorage(Field field) {
    List<Field> children = field.children();
    boolean fits =
        field.type() instanceof ArrowType.Struct
            && field.dictionary() == null
            && children.size() == 2
            && children.get(0).name().equals("timestamp")
            && children.get(0).dictionary() == null
            && children.get(0).type() instanceof ArrowType.Timestamp timestamp
            && "UTC".equals(timestamp.timezone())
            && children.get(1).name().equals("offset_minutes")
            && offsetType(children.get(1)).equals(OFFSET);
    if (!fits) {
      throw new IllegalArgumentException(
          NAME
              + " is stored as a struct of timestamp[UTC] \"timestamp\" and int16"
              + " \"offset_minutes\", this field as "
              + field.type()
              + " "
              + children);
    }
  }

  private static ArrowType offsetType(Field offset) {
    return offset.type() instanceof ArrowType.RunEndEncoded && offset.children().size() == 2
        ? offset.children().get(1).type()
        : offset.type();
  }

  /** Returns a nullable field in microseconds. */
  @Override
  public Field field(String name) {
    return field(name, TimeUnit.MICROSECOND);
  }

  /** Returns a nullable field whose timestamps have a unit. */
  public Field field(String name, TimeUnit unit) {
    Field timestamp = Field.of("timestamp", new ArrowType.Timestamp(unit, "UTC"));
    Field offset = Field.of("offset_minutes", OFFSET);
    return Extensions.field(
        Field.of(
            name,
            new ArrowType.Struct(),
            timestamp.withNullable(false),
            offset.withNullable(false)),
        this);
  }

  @Override
  public ExtensionReader<OffsetDateTime> reader(Column column) {
    requireStorage(column.field());
    StructColumn struct = column.asStruct();
    TimestampColumn timestamps = struct.child(0).asTimestamp();
    Column offsets = struct.child(1);
    return row -> {
      if (struct.isNull(row)) {
        return null;
      }
      Instant instant = timestamps.getInstant(row);
      if (instant == null || !(offsets.getObject(row) instanceof Number minutes)) {
        throw invalid(column, "row " + row + " has no timestamp or no offset");
      }
      if (Math.abs(minutes.intValue()) > ZoneOffset.MAX.getTotalSeconds() / 60) {
        throw invalid(column, "an offset of " + minutes + " minutes");
      }
      return instant.atOffset(ZoneOffset.ofTotalSeconds(minutes.intValue() * 60));
    };
  }

  private static ArrowFormatException invalid(Column column, String detail) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, detail, ArrowFormatException.UNKNOWN_OFFSET, column.path());
  }

  /** A value whose offset has seconds is refused, and so are digits below the unit. */
  @Override
  public ExtensionAppender<OffsetDateTime> appender(ColumnBuilder builder) {
    requireStorage(builder.field());
    return value -> {
      if (value == null) {
        builder.appendNull();
        return;
      }
      int seconds = value.getOffset().getTotalSeconds();
      if (seconds % 60 != 0) {
        throw new IllegalArgumentException("an offset of " + seconds + " seconds");
      }
      builder.appendObject(List.of(value.toInstant(), (short) (seconds / 60)));
    };
  }
}
