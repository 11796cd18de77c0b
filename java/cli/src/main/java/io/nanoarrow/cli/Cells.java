package io.nanoarrow.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.column.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as text and JSON, from the objects that {@code Column.getObject} returns. Numbers are
 * exact; dates and times are in ISO 8601, with the offset where there is a zone; bytes are in
 * hexadecimal.
 */
final class Cells {
  private static final int MAX_PLAIN_SCALE = 1000;

  private Cells() {}

  /** Returns a value as text, nested ones as JSON; null is empty. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof List || value instanceof Map || value instanceof Map.Entry) {
      return Json.text(json -> write(json, value));
    } else if (value instanceof BigDecimal decimal) {
      // A hostile scale would ask for billions of zeros.
      return Math.abs((long) decimal.scale()) <= MAX_PLAIN_SCALE
          ? decimal.toPlainString()
          : decimal.toString();
    }
    return scalar(value);
  }

  /**
   * Writes a value; a map as an array of objects with "key" and "value", because keys may repeat.
   */
  static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Short || value instanceof Byte) {
      json.writeNumber(((Number) value).intValue());
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> struct) {
      json.writeStartObject();
      for (Map.Entry<?, ?> child : struct.entrySet()) {
        json.writeFieldName((String) child.getKey());
        write(json, child.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Map.Entry<?, ?> entry) {
      json.writeStartObject();
      json.writeFieldName("key");
      write(json, entry.getKey());
      json.writeFieldName("value");
      write(json, entry.getValue());
      json.writeEndObject();
    } else {
      json.writeString(scalar(value));
    }
  }

  private static String scalar(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    } else if (value instanceof ZonedDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    } else if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    } else if (value instanceof Instant || value instanceof Interval) {
      return value.toString();
    }
    return String.valueOf(value);
  }

  /**
   * Returns text that is safe to show on a screen: control characters, which might steer the
   * terminal, are written as escapes.
   */
  static String printable(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) || isDirectional(c);
      if (control && safe == null) {
        safe = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      if (safe != null) {
        if (c == '\n') {
          safe.append("\\n");
        } else if (c == '\t') {
          safe.append("\\t");
        } else if (control) {
          safe.append(String.format("\\u%04x", (int) c));
        } else {
          safe.append(c);
        }
      }
    }
    return safe == null ? text : safe.toString();
  }

  /** Characters that reorder what stands around them. */
  private static boolean isDirectional(char c) {
    return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
  }
}
