package io.nanoarrow.write;

import io.nanoarrow.compare.ArrayComparison;
import io.nanoarrow.compare.ValueIndex;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.transform.ArrayAppender;
import io.nanoarrow.transform.TooManyValuesException;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of all dictionaries of one id, in the order in which they first came; null is
 * one of them when a dictionary has it. Only grows. One thread.
 */
final class MergedDictionary implements AutoCloseable {
  private final String path;
  private final boolean isOrdered;
  private final DictionaryRelation.Finder relations;
  private final ValueIndex index;
  private final ArrayAppender appender;
  private @Nullable ColumnData values;

  /** The dictionary merged last, its batch, and where its values are now. */
  private @Nullable ColumnData lastSource;

  private @Nullable BatchData lastOwner;
  private int[] lastMapping = {};

  MergedDictionary(DictionaryFields.Node node, DictionaryRelation.Finder relations) {
    this.path = node.path();
    this.isOrdered = node.field().dictionary() != null && node.field().dictionary().ordered();
    this.relations = relations;
    this.index = new ValueIndex(path);
    this.appender = ArrayAppender.of(DictionaryFields.valuesOf(node.field()));
  }

  /**
   * Adds the values that are new and returns, for each value of the source, where it is now.
   *
   * @param source as the batch has it
   * @param rewritten the same values, with the dictionaries within them merged
   * @param owner the batch; retained while the source is remembered
   */
  int[] merge(ColumnData source, ColumnData rewritten, BatchData owner) {
    if (lastSource != null && ArrayComparison.areSame(lastSource, source)) {
      return lastMapping;
    }
    if (source.length() > Integer.MAX_VALUE - 8) {
      throw unsupported(source.length() + " values are more than can be merged");
    }
    int before = index.count();
    int[] mapping = new int[(int) source.length()];
    index.begin(values, rewritten);
    for (int row = 0; row < mapping.length; row++) {
      mapping[row] = index.indexOf(row);
    }
    if (isOrdered && before > 0) {
      checkOrder(mapping, before);
    }
    append(rewritten, index.newRows());
    if (values == null || index.count() > before) {
      values = appender.array();
      relations.declare(this, values);
    }
    remember(source, owner, mapping);
    return mapping;
  }

  /** Values put behind others would say that they come after them. */
  private void checkOrder(int[] mapping, int before) {
    for (int row = 0; row < mapping.length; row++) {
      boolean isMoved = row < before && mapping[row] != row;
      if (isMoved && (index.count() > before || row > 0 && mapping[row] < mapping[row - 1])) {
        throw unsupported("ordered dictionaries of different values cannot be unified");
      }
    }
  }

  private void append(ColumnData from, long[] rows) {
    for (int first = 0; first < rows.length; ) {
      int end = first + 1;
      while (end < rows.length && rows[end] == rows[end - 1] + 1) {
        end++;
      }
      try {
        appender.append(from, rows[first], end - first);
      } catch (TooManyValuesException e) {
        ArrowFormatException refusal = unsupported("the unified values: " + e.getMessage());
        refusal.initCause(e);
        throw refusal;
      }
      first = end;
    }
  }

  private void remember(ColumnData source, BatchData owner, int[] mapping) {
    owner.retain();
    forget();
    lastSource = source;
    lastOwner = owner;
    lastMapping = mapping;
  }

  private void forget() {
    if (lastOwner != null) {
      lastOwner.release();
    }
    lastOwner = null;
    lastSource = null;
  }

  private ArrowFormatException unsupported(String detail) {
    return new ArrowFormatException(
        ErrorKind.UNSUPPORTED, detail, ArrowFormatException.UNKNOWN_OFFSET, path);
  }

  /** Returns all values so far. */
  ColumnData values() {
    ColumnData all = values;
    if (all == null) {
      throw new IllegalStateException("nothing was merged");
    }
    return all;
  }

  @Override
  public void close() {
    forget();
  }
}
