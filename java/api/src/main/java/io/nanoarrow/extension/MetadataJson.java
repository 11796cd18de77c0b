package io.nanoarrow.extension;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of extension types' parameters, strictly: objects as Maps without repeated names,
 * arrays as Lists, whole numbers as Longs, others as Doubles.
 */
final class MetadataJson {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;
  private int depth;

  private MetadataJson(String text) {
    this.text = text;
  }

  /**
   * Parses a text that is one value.
   *
   * @throws IllegalArgumentException when it is none, saying where
   */
  static @Nullable Object parse(String text) {
    MetadataJson json = new MetadataJson(text);
    Object value = json.value();
    json.skipBlanks();
    if (json.at < text.length()) {
      throw json.bad("something behind the value");
    }
    return value;
  }

  private IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("metadata is no JSON: " + what + " at character " + at);
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Returns the next character that is no blank, without taking it; 0 at the end. */
  private char peek() {
    skipBlanks();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) {
    if (!take(wanted)) {
      throw bad("no '" + wanted + "'");
    }
  }

  private @Nullable Object value() {
    if (++depth > MAX_DEPTH) {
      throw bad("nesting deeper than " + MAX_DEPTH);
    }
    Object value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          case 'n' -> word("null", null);
          default -> number();
        };
    depth--;
    return value;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw bad("no value");
    }
    at += word.length();
    return value;
  }

  private Map<String, Object> object() {
    expect('{');
    Map<String, Object> members = new LinkedHashMap<>();
    if (take('}')) {
      return members;
    }
    do {
      if (peek() != '"') {
        throw bad("no name");
      }
      String name = string();
      expect(':');
      Object value = value();
      if (members.containsKey(name)) {
        throw bad("a name twice");
      }
      members.put(name, value);
    } while (take(','));
    expect('}');
    return members;
  }

  private List<Object> array() {
    expect('[');
    List<Object> items = new ArrayList<>();
    if (take(']')) {
      return items;
    }
    do {
      items.add(value());
    } while (take(','));
    expect(']');
    return items;
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      if (at >= text.length() || text.charAt(at) < ' ') {
        throw bad("a string that does not end");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    int plain = "\"\\/".indexOf(c);
    int control = "bfnrt".indexOf(c);
    if (plain >= 0) {
      return c;
    } else if (control >= 0) {
      return "\b\f\n\r\t".charAt(control);
    } else if (c != 'u' || at > text.length() - 4) {
      throw bad("an unknown escape");
    }
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') {
        throw bad("no hexadecimal digit");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private Object number() {
    int start = at;
    take('-');
    boolean isZero = at < text.length() && text.charAt(at) == '0';
    int whole = digits();
    if (whole == 0 || isZero && whole > 1) {
      throw bad("no value");
    }
    boolean isWhole = true;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      isWhole = false;
      require(digits() > 0);
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      isWhole = false;
      if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      require(digits() > 0);
    }
    String number = text.substring(start, at);
    try {
      return isWhole ? (Object) Long.valueOf(number) : (Object) Double.valueOf(number);
    } catch (NumberFormatException e) {
      throw bad("a number that is too large");
    }
  }

  private void require(boolean condition) {
    if (!condition) {
      throw bad("a number without digits");
    }
  }

  private int digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - start;
  }

  /** Returns the text of a value of Maps, Lists, Strings, Numbers, Booleans and nulls. */
  static String print(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    print(value, out);
    return out.toString();
  }

  private static void print(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> members) {
      String separator = "{";
      for (Map.Entry<?, ?> member : members.entrySet()) {
        out.append(separator);
        print(member.getKey(), out);
        out.append(':');
        print(member.getValue(), out);
        separator = ",";
      }
      out.append(members.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> items) {
      String separator = "[";
      for (Object item : items) {
        out.append(separator);
        print(item, out);
        separator = ",";
      }
      out.append(items.isEmpty() ? "[]" : "]");
    } else if (value instanceof String text) {
      quote(text, out);
    } else {
      out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
