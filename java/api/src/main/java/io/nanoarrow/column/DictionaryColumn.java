package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.DictionaryEncoding;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary-encoded column: each row refers to one of {@link #values}, e.g. {@code
 * values().asUtf8().getString(index(row))}. A row is null when its index is or when the value is.
 */
public final class DictionaryColumn extends Column {
  private final IntegerColumn indices;
  private final ColumnData dictionary;
  private @Nullable Column values;

  DictionaryColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    DictionaryEncoding encoding = data.field().dictionary();
    ColumnData found = data.dictionary();
    if (encoding == null || found == null) {
      throw invalid("the dictionary is missing");
    }
    dictionary = found;
    indices = Columns.integer(data, lease, path, encoding.indexType());
  }

  /** Returns the indices as a column, not checked against the dictionary. */
  public IntegerColumn indices() {
    return indices;
  }

  /** Returns the dictionary. */
  public Column values() {
    Column made = values;
    if (made == null) {
      made = Columns.of(dictionary, lease, path);
      values = made;
    }
    return made;
  }

  /** Returns the row of {@link #values} that a row refers to, -1 when the index is null. */
  public long index(long row) {
    checkRow(row);
    return isNullHere(row) ? -1 : indexAt(row);
  }

  private long indexAt(long row) {
    long index = indices.getLong(row);
    if (index < 0 || index >= dictionary.length()) {
      throw invalid("index " + index + " into a dictionary of " + dictionary.length() + " values");
    }
    return index;
  }

  @Override
  public boolean isNull(long row) {
    checkRow(row);
    return isNullHere(row) || values().isNull(indexAt(row));
  }

  @Override
  long countNulls() {
    return values().nullCount() == 0 ? super.countNulls() : countNullRows();
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getObject(row, budget());
  }

  @Override
  @Nullable Object getObject(long row, ElementBudget budget) {
    long index = index(row);
    return index < 0 ? null : values().getObject(index, budget);
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    long index = index(row);
    if (index < 0) {
      out.add("null");
    } else {
      values().appendText(out, index, quoted);
    }
  }
}
