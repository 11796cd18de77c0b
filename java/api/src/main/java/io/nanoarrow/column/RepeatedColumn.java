package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.Lease;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column whose values are ranges of elements of a child: lists of any layout, and maps. */
public abstract sealed class RepeatedColumn extends Column
    permits ListColumn, FixedSizeListColumn, MapColumn {
  private @Nullable Column elements;

  RepeatedColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
  }

  abstract Ranges ranges();

  /** Returns the child that the ranges are of. */
  final Column elements() {
    Column made = elements;
    if (made == null) {
      made = makeChild(0);
      elements = made;
    }
    return made;
  }

  /** Returns the row of the child that the value of a row begins with; 0 when it is null. */
  public final long start(long row) {
    if (isNull(row)) {
      return 0;
    }
    ranges().size(offset + row);
    return ranges().start(offset + row);
  }

  /** Returns the row of the child after the last of a row's value; 0 when it is null. */
  public final long end(long row) {
    if (isNull(row)) {
      return 0;
    }
    long size = ranges().size(offset + row);
    return ranges().start(offset + row) + size;
  }

  /** Returns how many elements the value of a row has; 0 when it is null. */
  public final long size(long row) {
    return isNull(row) ? 0 : ranges().size(offset + row);
  }

  /** Returns the elements of a row as a column of their own. */
  final Column elements(long row) {
    long size = size(row);
    ColumnData child = childData(0);
    return Columns.of(
        child.slice(size == 0 ? 0 : start(row), size), lease, path + "." + child.field().name());
  }

  @Nullable Object element(long elementRow, ElementBudget budget) {
    return elements().getObject(elementRow, budget);
  }

  void appendElement(TextOut out, long elementRow) {
    elements().appendText(out, elementRow, true);
  }

  @Override
  public final @Nullable Object getObject(long row) {
    return getObject(row, budget());
  }

  @Override
  final @Nullable Object getObject(long row, ElementBudget budget) {
    if (isNull(row)) {
      return null;
    }
    long size = size(row);
    if (size > Integer.MAX_VALUE - 8) {
      throw tooLarge(size);
    }
    budget.spend(size);
    long start = start(row);
    List<Object> list = new ArrayList<>((int) Math.min(size, 1 << 16));
    for (int i = 0; i < size; i++) {
      list.add(element(start + i, budget));
    }
    return Collections.unmodifiableList(list);
  }

  @Override
  final void appendText(TextOut out, long row, boolean quoted) {
    if (isNull(row)) {
      out.add("null");
      return;
    }
    boolean map = this instanceof MapColumn;
    out.add(map ? "{" : "[");
    long start = start(row);
    long end = start + size(row);
    for (long at = start; at < end && !out.isFull(); at++) {
      out.add(at == start ? "" : ", ");
      out.spend();
      appendElement(out, at);
    }
    out.add(map ? "}" : "]");
  }
}
