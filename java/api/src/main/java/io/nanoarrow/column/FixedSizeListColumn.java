package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;

/** A column of lists of one size. */
public final class FixedSizeListColumn extends RepeatedColumn {
  private final int listSize;
  private final Ranges ranges;

  FixedSizeListColumn(ColumnData data, Lease lease, String path, ArrowType.FixedSizeList type) {
    super(data, lease, path);
    listSize = type.listSize();
    ranges = new Ranges.Fixed(this, childData(0).length(), listSize);
  }

  @Override
  Ranges ranges() {
    return ranges;
  }

  /** Returns the size of every list that is not null. */
  public int listSize() {
    return listSize;
  }

  /** Returns the elements of all rows, those of null rows among them. */
  public Column values() {
    return elements();
  }

  /** Returns the elements of a row as a column; an empty one when the row is null. */
  public Column list(long row) {
    return elements(row);
  }
}
