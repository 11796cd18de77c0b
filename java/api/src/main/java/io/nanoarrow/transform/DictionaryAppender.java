package io.nanoarrow.transform;

import io.nanoarrow.compare.ArrayComparison;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indices into one dictionary: the longest of the sources', which all others begin. */
final class DictionaryAppender extends FixedAppender {
  private @Nullable ColumnData values;

  /** Whether indices into the values were appended. */
  private boolean isUsed;

  DictionaryAppender(Field field, int indexWidth) {
    super(field, indexWidth);
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    ColumnData other = source.dictionary();
    if (other == null) {
      throw invalid("the dictionary is missing");
    }
    ColumnData known = values;
    ColumnData both = known == null ? other : longer(known, other);
    if (both == null && isUsed) {
      throw new IllegalArgumentException(
          "column " + field.name() + ": the dictionaries differ; unify them first");
    }
    values = both == null ? other : both;
    isUsed = true;
    super.appendRows(source, first, count);
  }

  @Override
  void noteUnused(ColumnData source) {
    ColumnData known = values;
    ColumnData other = source.dictionary();
    ColumnData both = known == null || other == null ? other : longer(known, other);
    values = both == null ? known : both;
  }

  /** Returns the longer one, null when it does not begin with the other. */
  private @Nullable ColumnData longer(ColumnData left, ColumnData right) {
    if (left == right) {
      return left;
    }
    long shorter = Math.min(left.length(), right.length());
    if (ArrayComparison.mismatch(left, right, shorter, field.name()) >= 0) {
      return null;
    }
    return left.length() >= right.length() ? left : right;
  }

  @Override
  ColumnData dictionary() {
    ColumnData known = values;
    return known != null ? known : empty();
  }

  private ColumnData empty() {
    Field of =
        new Field(field.name(), true, field.type(), null, field.children(), field.metadata());
    return of(of).array();
  }

  @Override
  void resetRows() {
    super.resetRows();
    values = null;
    isUsed = false;
  }

  @Override
  List<ColumnData> children() {
    return List.of();
  }
}
