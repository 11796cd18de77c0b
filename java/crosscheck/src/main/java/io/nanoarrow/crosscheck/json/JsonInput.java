package io.nanoarrow.crosscheck.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A JSON text read token by token. A handler is called with the first token of a value current and
 * leaves with the last one current. Errors are an ArrowFormatException with line and column; they
 * never repeat the text. One thread.
 */
final class JsonInput implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_DEPTH = 1000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Takes the value of a key of an object. */
  interface KeyHandler {
    /** Reads the value; false leaves it unread, and it is skipped. */
    boolean read(String key) throws IOException;
  }

  /** Takes an element of an array. */
  interface ElementHandler {
    void read() throws IOException;
  }

  private final JsonParser parser;

  private JsonInput(JsonParser parser) {
    this.parser = parser;
  }

  /** Opens a text, compressed by gzip or plain, and stands on its first token. */
  static JsonInput open(Path path) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
    try {
      in.mark(2);
      int magic = in.read() | in.read() << 8;
      in.reset();
      if (magic == GZIPInputStream.GZIP_MAGIC) {
        in = new BufferedInputStream(new GZIPInputStream(in, BUFFER_BYTES), BUFFER_BYTES);
      }
      JsonInput input = new JsonInput(FACTORY.createParser(in));
      input.advance();
      return input;
    } catch (Throwable t) {
      in.close();
      throw t;
    }
  }

  /**
   * Stands on the value of a key of the outermost object.
   *
   * @return false when there is no such key; the text has then been read to its end
   */
  boolean seek(String wanted) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    while (advance() != JsonToken.END_OBJECT) {
      boolean found = parser.currentName().equals(wanted);
      advance();
      if (found) {
        return true;
      }
      skip();
    }
    return false;
  }

  /** Reads the rest of the outermost object, behind the value that {@link #seek} stood on. */
  void finish() throws IOException {
    while (advance() != JsonToken.END_OBJECT) {
      advance();
      skip();
    }
    try {
      if (parser.nextToken() != null) {
        throw invalid("more behind the end of the JSON text");
      }
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** Reads an object, key by key. */
  void object(KeyHandler handler) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    while (advance() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      advance();
      if (!handler.read(key)) {
        skip();
      }
    }
  }

  /** Reads an array, element by element; null is an array without any. */
  void array(ElementHandler handler) throws IOException {
    if (isNull()) {
      return;
    }
    beginArray();
    while (nextElement()) {
      handler.read();
    }
  }

  /** Goes into an array, before its first element. */
  void beginArray() {
    expect(JsonToken.START_ARRAY, "an array");
  }

  /** Stands on the next element; false at the end of the array. */
  boolean nextElement() throws IOException {
    return advance() != JsonToken.END_ARRAY;
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Returns a text. */
  String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "a text");
    return scalar();
  }

  /** Returns a whole number of 64 bits, given as a number or as a text. */
  long integer() throws IOException {
    String text = digits();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid("not a whole number of 64 bits");
    }
  }

  /** Returns a whole number within bounds. */
  int integer(int min, int max) throws IOException {
    long value = integer();
    if (value < min || value > max) {
      throw invalid("a number that is out of its range");
    }
    return (int) value;
  }

  /** Returns the characters of a number, given as a number or as a text. */
  String digits() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && (token == null || !token.isNumeric())) {
      throw invalid("not a number");
    }
    return scalar();
  }

  /** Returns true or false, given as such or as 1 or 0. */
  boolean flag() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    return integer(0, 1) == 1;
  }

  /** Passes over the current value. */
  void skip() throws IOException {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** Returns an error at the current place. */
  ArrowFormatException invalid(String what) {
    return error(ErrorKind.INVALID_DATA, what);
  }

  /** Returns an error of a kind at the current place. */
  ArrowFormatException error(ErrorKind kind, String what) {
    var at = parser.currentTokenLocation();
    return new ArrowFormatException(
        kind, what + " (JSON line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
  }

  private void expect(JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw invalid("not " + what);
    }
  }

  private String scalar() throws IOException {
    try {
      return parser.getText();
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  private JsonToken advance() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw error(ErrorKind.TRUNCATED, "the JSON text ends early");
      }
      return token;
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (EOFException e) {
      throw error(ErrorKind.TRUNCATED, "the compressed JSON text ends early");
    } catch (ZipException e) {
      throw invalid("the compressed JSON text is damaged");
    }
  }

  /** Its own message repeats what it found. */
  private ArrowFormatException malformed(JsonProcessingException e) {
    return e instanceof JsonEOFException
        ? error(ErrorKind.TRUNCATED, "the JSON text ends early")
        : invalid("not well-formed JSON");
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
