package io.nanoarrow.transform;

import io.nanoarrow.column.Column;
import io.nanoarrow.column.Columns;
import io.nanoarrow.column.DictionaryColumn;
import io.nanoarrow.compare.ValueIndex;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values into dictionaries and takes them out again. */
public final class Dictionaries {
  private static final Lease OPEN = new Lease("array");

  private Dictionaries() {}

  /**
   * Returns the same rows as indices into a dictionary of the distinct values, in the order in
   * which they first came. Nulls stay null and are no value. Memory is the result's own.
   *
   * @param array not dictionary-encoded
   * @param encoding id and index type of the result
   * @throws IllegalArgumentException when the array is dictionary-encoded
   * @throws TooManyValuesException when there are more values than indices
   * @throws io.nanoarrow.error.ArrowFormatException when values break the format
   */
  public static ColumnData encode(ColumnData array, DictionaryEncoding encoding) {
    Field of = array.field();
    if (of.dictionary() != null) {
      throw new IllegalArgumentException("column " + of.name() + " is dictionary-encoded");
    }
    Column column = Columns.of(array, OPEN, of.name());
    ValueIndex index = new ValueIndex(of.name());
    index.begin(null, array);
    IndexWriter indices = new IndexWriter(of.name(), encoding.indexType(), array.length());
    for (long row = 0; row < array.length(); row++) {
      if (column.isNull(row)) {
        indices.setNull(row);
      } else {
        indices.set(row, index.indexOf(row));
      }
    }
    ArrayAppender values =
        ArrayAppender.of(new Field(of.name(), true, of.type(), null, of.children(), of.metadata()));
    for (long row : index.newRows()) {
      values.append(array, row, 1);
    }
    Field field =
        new Field(of.name(), of.nullable(), of.type(), encoding, of.children(), of.metadata());
    return indices.array(field, values.array());
  }

  /**
   * Returns the values that the rows refer to, without the encoding. Memory is the result's own,
   * but for dictionaries within the values.
   *
   * @param array dictionary-encoded
   * @throws IllegalArgumentException when the array is not dictionary-encoded
   * @throws TooManyValuesException when one array cannot hold all
   * @throws io.nanoarrow.error.ArrowFormatException when an index or value breaks the format
   */
  public static ColumnData decode(ColumnData array) {
    Field of = array.field();
    ColumnData values = array.dictionary();
    if (of.dictionary() == null || values == null) {
      throw new IllegalArgumentException("column " + of.name() + " is not dictionary-encoded");
    }
    DictionaryColumn column = Columns.of(array, OPEN, of.name()).asDictionary();
    ArrayAppender rows =
        ArrayAppender.of(
            new Field(of.name(), of.nullable(), of.type(), null, of.children(), of.metadata()));
    for (long row = 0; row < array.length(); row++) {
      long index = column.index(row);
      if (index < 0) {
        rows.appendNulls(1);
      } else {
        rows.append(values, index, 1);
      }
    }
    return rows.array();
  }

  /** Indices being written, and which rows are null. */
  static final class IndexWriter {
    private final String path;
    private final ArrowType.Int type;
    private final int width;
    private final long most;
    private final GrowingBuffer indices = new GrowingBuffer();
    private final BitAppender validity = new BitAppender();
    private final long length;
    private boolean hasNulls;

    IndexWriter(String path, ArrowType.Int type, long length) {
      this.path = path;
      this.type = type;
      this.width = type.bitWidth() / Byte.SIZE;
      this.most = IndexReader.largest(type);
      this.length = length;
    }

    /** Appends the index of the next row. */
    void set(long row, long index) {
      if (index > most) {
        throw new TooManyValuesException(
            "column " + path + ": more values than " + type + " indices reach");
      }
      indices.append(index, width);
      validity.fill(true, 1);
    }

    /** Appends a null. */
    void setNull(long row) {
      indices.append(0, width);
      validity.fill(false, 1);
      hasNulls = true;
    }

    ColumnData array(Field field, ColumnData values) {
      @Nullable ArrowBuffer valid = hasNulls ? validity.view() : null;
      long nulls = hasNulls ? ColumnData.UNKNOWN_NULL_COUNT : 0;
      return new ColumnData(
          field, length, 0, nulls, valid, List.of(indices.view()), List.of(), values);
    }
  }
}
