package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.util.AbstractMap.SimpleImmutableEntry;

/**
 * A column of maps: the value of a row is the range from {@link #start} to {@link #end} of {@link
 * #keys} and {@link #values}. Keys may repeat.
 */
public final class MapColumn extends RepeatedColumn {
  private static final int PARTS = 2;

  private final Ranges ranges;

  MapColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    ColumnData entries = childData(0);
    if (!(entries.field().type() instanceof ArrowType.Struct)
        || entries.field().dictionary() != null
        || entries.children().size() != PARTS) {
      throw invalid("the entries are not a struct of a key and a value");
    }
    ranges = new Ranges.Offsets32(this, entries.length());
  }

  @Override
  Ranges ranges() {
    return ranges;
  }

  /** Returns the entries of all rows. */
  public StructColumn entries() {
    return elements().asStruct();
  }

  /** Returns the keys of all rows. */
  public Column keys() {
    return entries().child(0);
  }

  /** Returns the values of all rows. */
  public Column values() {
    return entries().child(1);
  }

  /** Returns the entries of a row as a column; an empty one when the row is null. */
  public StructColumn map(long row) {
    return elements(row).asStruct();
  }

  @Override
  Object element(long elementRow, ElementBudget budget) {
    return new SimpleImmutableEntry<>(
        keys().getObject(elementRow, budget), values().getObject(elementRow, budget));
  }

  @Override
  void appendElement(TextOut out, long elementRow) {
    keys().appendText(out, elementRow, true);
    out.add(": ");
    values().appendText(out, elementRow, true);
  }
}
