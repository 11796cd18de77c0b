package io.nanoarrow.transform;

import io.nanoarrow.compare.ArrayComparison;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indices into one dictionary: the longest of the sources', which all others begin. */
final class DictionaryAppender extends FixedAppender {
  private @Nullable ColumnData values;

  DictionaryAppender(Field field, int indexWidth) {
    super(field, indexWidth);
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    ColumnData other = source.dictionary();
    if (other == null) {
      throw invalid("the dictionary is missing");
    }
    values = values == null ? other : common(values, other);
    super.appendRows(source, first, count);
  }

  private ColumnData common(ColumnData left, ColumnData right) {
    if (left == right) {
      return left;
    }
    long shorter = Math.min(left.length(), right.length());
    if (ArrayComparison.mismatch(left, right, shorter, field.name()) >= 0) {
      throw new IllegalArgumentException(
          "column " + field.name() + ": the dictionaries differ; unify them first");
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
  }

  @Override
  List<ColumnData> children() {
    return List.of();
  }
}
