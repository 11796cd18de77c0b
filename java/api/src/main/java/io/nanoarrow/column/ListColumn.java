package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;

/**
 * A column of lists: list, large_list, list_view or large_list_view. The value of a row is the
 * range from {@link #start} to {@link #end} of {@link #values}.
 */
public final class ListColumn extends RepeatedColumn {
  private final Ranges ranges;

  ListColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    long limit = childData(0).length();
    ArrowType type = data.field().type();
    if (type instanceof ArrowType.ListType) {
      ranges = new Ranges.Offsets32(this, limit);
    } else if (type instanceof ArrowType.LargeList) {
      ranges = new Ranges.Offsets64(this, limit);
    } else if (type instanceof ArrowType.ListView) {
      ranges = new Ranges.Views32(this, limit);
    } else {
      ranges = new Ranges.Views64(this, limit);
    }
  }

  @Override
  Ranges ranges() {
    return ranges;
  }

  /** Returns the elements of all rows; those of one row need not follow those of the row before. */
  public Column values() {
    return elements();
  }

  /** Returns the elements of a row as a column; an empty one when the row is null. */
  public Column list(long row) {
    return elements(row);
  }
}
