package io.nanoarrow.testing;

import io.nanoarrow.column.Interval;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.TimeUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values of types without children, as {@code Column.getObject} gives them; limits are likely. */
public final class RandomValues {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  private final Random random;

  /** Values that come from a source of random numbers. */
  public RandomValues(Random random) {
    this.random = random;
  }

  /** Returns a value that is not null. */
  public Object next(ArrowType type) {
    if (type instanceof ArrowType.Int integer) {
      return integer(integer.bitWidth(), integer.signed());
    } else if (type instanceof ArrowType.Bool) {
      return random.nextBoolean();
    } else if (type instanceof ArrowType.FloatingPoint number) {
      return switch (number.precision()) {
        case HALF -> (float) (random.nextInt(4001) - 2000);
        case SINGLE -> Float.intBitsToFloat(random.nextInt());
        case DOUBLE -> Double.longBitsToDouble(random.nextLong());
      };
    } else if (type instanceof ArrowType.Decimal decimal) {
      BigInteger bound = BigInteger.TEN.pow(decimal.precision());
      BigInteger digits = new BigInteger(bound.bitLength() + 8, random).mod(bound);
      return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), decimal.scale());
    } else if (type instanceof ArrowType.Date date) {
      return LocalDate.ofEpochDay(
          random.nextInt(4) == 0 && date.unit() == DateUnit.DAY
              ? random.nextInt(1_000_000_000)
              : random.nextInt(60_000) - 20_000);
    } else if (type instanceof ArrowType.Time time) {
      long perSecond = perSecond(time.unit());
      long units = (long) (random.nextDouble() * SECONDS_PER_DAY * perSecond);
      return LocalTime.ofNanoOfDay(units * (NANOS_PER_SECOND / perSecond));
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      return timestamp(timestamp);
    } else if (type instanceof ArrowType.Duration duration) {
      long seconds = random.nextInt();
      return Duration.ofSeconds(seconds, nanos(duration.unit()));
    } else if (type instanceof ArrowType.Interval interval) {
      return switch (interval.unit()) {
        case YEAR_MONTH -> new Interval(random.nextInt(), 0, 0);
        case DAY_TIME -> new Interval(0, random.nextInt(), random.nextInt() * 1_000_000L);
        case MONTH_DAY_NANO -> new Interval(random.nextInt(), random.nextInt(), random.nextLong());
      };
    } else if (type instanceof ArrowType.FixedSizeBinary fixed) {
      return bytes(fixed.byteWidth());
    } else if (type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeBinary
        || type instanceof ArrowType.BinaryView) {
      return bytes(random.nextInt(random.nextInt(8) == 0 ? 100 : 16));
    }
    return text(random.nextInt(random.nextInt(8) == 0 ? 100 : 16));
  }

  private Object integer(int bits, boolean signed) {
    long value = random.nextLong() >> random.nextInt(64);
    return switch (bits) {
      case 8 -> signed ? (Object) (byte) value : (Object) (short) (value & 0xFF);
      case 16 -> signed ? (Object) (short) value : (Object) (int) (value & 0xFFFF);
      case 32 -> signed ? (Object) (int) value : (Object) (value & 0xFFFF_FFFFL);
      default -> signed ? (Object) value : new BigInteger(Long.toUnsignedString(value));
    };
  }

  private Object timestamp(ArrowType.Timestamp type) {
    long seconds = random.nextInt();
    Instant instant = Instant.ofEpochSecond(seconds, nanos(type.unit()));
    String zone = type.timezone();
    return zone == null || zone.isEmpty()
        ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
        : instant.atZone(ZoneId.of(zone));
  }

  private long nanos(TimeUnit unit) {
    int perSecond = (int) perSecond(unit);
    return random.nextInt(perSecond) * (NANOS_PER_SECOND / perSecond);
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> NANOS_PER_SECOND;
    };
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text(int characters) {
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(3);
    for (int i = 0; i < characters; i++) {
      int point =
          kind == 0 || random.nextBoolean()
              ? random.nextInt(0x80)
              : random.nextInt(kind == 1 ? 0x800 : 0x11_0000);
      text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
    }
    return text.toString();
  }

  /** Returns a value with an equals of its own for arrays of bytes, also within nested values. */
  public static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(part -> copy.add(comparable(part)));
      return copy;
    } else if (value instanceof Map.Entry<?, ?> entry) {
      List<@Nullable Object> pair = new ArrayList<>();
      pair.add(comparable(entry.getKey()));
      pair.add(comparable(entry.getValue()));
      return pair;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, part) -> copy.put(key, comparable(part)));
      return copy;
    }
    return value;
  }
}
