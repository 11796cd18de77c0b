package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a dictionary-encoded column: {@link #append} and {@link #appendObject} look a value up and
 * add it to the dictionary when it is new; {@link #appendIndex} refers to a value that {@link
 * #addValue} added. The dictionary grows over the builder's whole life, so that a writer can send
 * the new values alone (a delta); fields that share a dictionary id share it.
 */
public final class DictionaryBuilder extends ColumnBuilder {
  private final DictionaryValues dictionary;
  private final Numbers indices;
  private final long maxIndex;

  DictionaryBuilder(
      Field field,
      String path,
      BuilderMemory memory,
      long expectedRows,
      DictionaryEncoding encoding,
      DictionaryValues dictionary) {
    super(field, path, memory, expectedRows);
    this.dictionary = dictionary;
    ArrowType.Int type = encoding.indexType();
    indices = new Numbers(memory, path, type.bitWidth() / Byte.SIZE, expectedRows);
    int bits = type.bitWidth() - (type.signed() ? 1 : 0);
    maxIndex = bits >= Integer.SIZE ? Integer.MAX_VALUE - 1 : (1L << bits) - 1;
  }

  /** Returns the number of values in the dictionary. */
  public int dictionarySize() {
    return dictionary.size();
  }

  /**
   * Appends a text.
   *
   * @throws IllegalArgumentException when the dictionary is of another type, or has no room for a
   *     new value: its indices are too narrow
   */
  public void append(String value) {
    memory.ensureOpen();
    put(dictionary.indexOf(value, maxIndex));
  }

  /** Appends an integer; as {@link #append(String)}. */
  public void append(long value) {
    memory.ensureOpen();
    put(dictionary.indexOf(value, maxIndex));
  }

  /**
   * Adds a value to the dictionary, also when it has an equal one; no row is appended.
   *
   * @param value as {@link #appendObject} takes it
   * @return its index
   * @throws IllegalArgumentException as {@link #append(String)}
   */
  public int addValue(@Nullable Object value) {
    memory.ensureOpen();
    return dictionary.add(value, maxIndex);
  }

  /**
   * Appends a row that refers to a value of the dictionary.
   *
   * @throws IllegalArgumentException when there is none of this index
   */
  public void appendIndex(int index) {
    if (index < 0 || index >= dictionary.size() || index > maxIndex) {
      throw bad("index " + index + " into a dictionary of " + dictionary.size() + " values");
    }
    put(index);
  }

  private void put(long index) {
    indices.add(index);
    length++;
  }

  @Override
  Class<?> objectClass() {
    return dictionary.values().objectClass();
  }

  @Override
  void putObject(Object value) {
    memory.ensureOpen();
    put(dictionary.indexOf(value, maxIndex));
  }

  @Override
  void putNull() {
    put(0);
    validity.addNull(length - 1);
  }

  @Override
  void putDefault() {
    put(dictionary.someIndex());
  }

  @Override
  void truncate(long rows) {
    if (rows < length) {
      length = rows;
      indices.truncate(rows);
      validity.truncate(rows);
    }
  }

  @Override
  void ensureComplete() {
    dictionary.ensureComplete();
  }

  @Override
  ColumnData finish(Output out) {
    ArrowBuffer buffer = indices.finish(out);
    return array(out, List.of(buffer), List.of(), dictionary.snapshot(out));
  }

  @Override
  void release() {
    length = 0;
    indices.release();
    validity.release();
    dictionary.release();
  }
}
