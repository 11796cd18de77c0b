package io.nanoarrow.build;

import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a column of text: string, large_string or string_view. */
public final class Utf8Builder extends BytesBuilder {
  Utf8Builder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows);
  }

  /**
   * Appends a text.
   *
   * @throws IllegalArgumentException when it has a surrogate without its pair
   */
  public void append(String value) {
    int size = value.length();
    int at = stage(size);
    if (at >= 0) {
      Utf8Text.putLowBytes(value, stage(), at);
      if (Utf8Text.isAscii(value)) {
        commitStaged(size);
        return;
      }
    }
    commit(putAll(value));
  }

  /**
   * Appends a text.
   *
   * @throws IllegalArgumentException when it has a surrogate without its pair
   */
  public void append(CharSequence value) {
    if (value instanceof String text) {
      append(text);
    } else {
      commit(putAll(value));
    }
  }

  /** Puts a text where it will be committed; returns its size. */
  private int putAll(CharSequence value) {
    long size = Utf8Text.sizeBytes(value);
    if (size < 0) {
      throw bad("character " + ~size + " of a text is a surrogate without its pair");
    }
    int at = room(size);
    Utf8Text.put(value, bytes, at);
    return (int) size;
  }

  /**
   * Appends a text that is UTF-8 already.
   *
   * @throws IllegalArgumentException when it is not
   */
  public void appendUtf8(byte[] value) {
    appendUtf8(value, 0, value.length);
  }

  /**
   * Appends {@code count} bytes from {@code from} on as one text.
   *
   * @throws IllegalArgumentException when they are not UTF-8
   */
  public void appendUtf8(byte[] value, int from, int count) {
    int at = room(count);
    bytes.put(at, value, from, count);
    commitChecked(at, count);
  }

  /**
   * Appends what remains of a buffer, whose position stays, as one text.
   *
   * @throws IllegalArgumentException when it is not UTF-8
   */
  public void appendUtf8(ByteBuffer value) {
    int count = value.remaining();
    int at = room(count);
    bytes.put(at, value, value.position(), count);
    commitChecked(at, count);
  }

  private void commitChecked(int at, int count) {
    int bad = Utf8Text.invalidAt(bytes, at, at + count);
    if (bad >= 0) {
      throw bad("byte " + (bad - at) + " of a text is not UTF-8");
    }
    commit(count);
  }

  /** Appends all texts; null elements become null rows. */
  public void appendAll(@Nullable String[] values) {
    appendAll(values, 0, values.length);
  }

  /**
   * Appends {@code count} texts from {@code from} on; null elements become null rows.
   *
   * @throws IllegalArgumentException when one has a surrogate without its pair, or is null in a
   *     column that is not nullable; those before it are appended
   */
  public void appendAll(@Nullable String[] values, int from, int count) {
    Objects.checkFromIndexSize(from, count, values.length);
    for (int i = from; i < from + count; i++) {
      String value = values[i];
      if (value == null) {
        appendNull();
      } else {
        append(value);
      }
    }
  }

  @Override
  Class<?> objectClass() {
    return String.class;
  }

  @Override
  void putObject(Object value) {
    if (value instanceof CharSequence text) {
      append(text);
    } else {
      throw badClass(value);
    }
  }
}
