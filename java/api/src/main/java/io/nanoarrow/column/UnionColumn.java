package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.UnionMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of unions, sparse or dense: each row has a value of one of the children. A union has no
 * nulls of its own (except when read from metadata V4): a row is null when the child's value is.
 */
public final class UnionColumn extends Column {
  private static final int TYPE_IDS = 128;

  private final ArrowBuffer typeIds;

  /** Null for a sparse union. */
  private final @Nullable ArrowBuffer offsets;

  private final byte[] indexOfTypeId = new byte[TYPE_IDS];
  private final Column[] children;

  UnionColumn(ColumnData data, Lease lease, String path, ArrowType.Union type) {
    super(data, lease, path);
    typeIds = buffer(0, Byte.BYTES, 0);
    offsets = type.mode() == UnionMode.DENSE ? buffer(1, Integer.BYTES, 0) : null;
    children = new Column[data.children().size()];
    fillIndex(type.typeIds());
  }

  private void fillIndex(List<Integer> ids) {
    if (ids.size() != children.length) {
      throw invalid(ids.size() + " type ids for " + children.length + " children");
    }
    Arrays.fill(indexOfTypeId, (byte) -1);
    for (int i = 0; i < ids.size(); i++) {
      int id = ids.get(i);
      if (id < 0 || id >= TYPE_IDS || indexOfTypeId[id] >= 0) {
        throw invalid("type id " + id + " is out of range or repeated");
      }
      indexOfTypeId[id] = (byte) i;
    }
  }

  /** Returns the number of children. */
  public int childCount() {
    return children.length;
  }

  /**
   * Returns a child by its place: of a sparse union with the same rows, of a dense one with rows of
   * its own.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  public Column child(int index) {
    lease.ensureOpen();
    Column child = children[index];
    if (child == null) {
      child = offsets == null ? makeAlignedChild(index) : makeChild(index);
      children[index] = child;
    }
    return child;
  }

  /** Returns the type id of a row, 0 to 127: the number that the type maps to a child. */
  public int typeId(long row) {
    checkRow(row);
    return typeIds.getByte(offset + row);
  }

  /** Returns the place of the child that has the value of a row. */
  public int childIndex(long row) {
    int id = typeId(row);
    if (id < 0 || indexOfTypeId[id] < 0) {
      throw invalid("type id " + id + " is none of the union's");
    }
    return indexOfTypeId[id];
  }

  /** Returns the row of the child that has the value of a row. */
  public long childRow(long row) {
    int index = childIndex(row);
    if (offsets == null) {
      return row;
    }
    int childRow = offsets.getInt((offset + row) << 2);
    long rows = childData(index).length();
    if (childRow < 0 || childRow >= rows) {
      throw invalid("offset " + childRow + " into a child of " + rows + " rows");
    }
    return childRow;
  }

  /** Returns the child that has the value of a row; it lies at {@link #childRow}. */
  public Column childOf(long row) {
    return child(childIndex(row));
  }

  @Override
  public boolean isNull(long row) {
    checkRow(row);
    return isNullHere(row) || childOf(row).isNull(childRow(row));
  }

  @Override
  long countNulls() {
    return countNullRows();
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getObject(row, budget());
  }

  @Override
  @Nullable Object getObject(long row, ElementBudget budget) {
    return isNull(row) ? null : childOf(row).getObject(childRow(row), budget);
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    if (isNull(row)) {
      out.add("null");
      return;
    }
    childOf(row).appendText(out, childRow(row), quoted);
  }
}
