package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.UnionMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a column of unions, sparse or dense: {@link #select} begins a row and returns the child
 * that one value is then appended to.
 *
 * <p>A union has no nulls of its own: {@link #appendNull} makes the first nullable child null.
 */
public final class UnionBuilder extends ColumnBuilder {
  private static final int TYPE_IDS = 128;

  private final ColumnBuilder[] children;
  private final int[] typeIds;
  private final int[] indexOfTypeId = new int[TYPE_IDS];
  private final Numbers types;

  /** Null for a sparse union. */
  private final @Nullable Numbers offsets;

  /** The child that the last row waits for, when it has not more than {@link #selectedRow} rows. */
  private @Nullable ColumnBuilder selected;

  private long selectedRow;

  UnionBuilder(
      Field field,
      String path,
      BuilderMemory memory,
      long expectedRows,
      ArrowType.Union type,
      ColumnBuilder[] children) {
    super(field, path, memory, 0);
    this.children = children;
    this.typeIds = type.typeIds().stream().mapToInt(Integer::intValue).toArray();
    types = new Numbers(memory, path, Byte.BYTES, expectedRows);
    offsets =
        type.mode() == UnionMode.DENSE
            ? new Numbers(memory, path, Integer.BYTES, expectedRows)
            : null;
    Arrays.fill(indexOfTypeId, -1);
    if (typeIds.length != children.length) {
      throw bad(typeIds.length + " type ids for " + children.length + " children");
    }
    for (int i = 0; i < typeIds.length; i++) {
      int id = typeIds[i];
      if (id < 0 || id >= TYPE_IDS || indexOfTypeId[id] >= 0) {
        throw bad("type id " + id + " is out of range or repeated");
      }
      indexOfTypeId[id] = i;
    }
  }

  /** Returns the number of children. */
  public int childCount() {
    return children.length;
  }

  /**
   * Begins a row that has a value of the child with this type id.
   *
   * @return the child, to which exactly one value, or null, must be appended next
   * @throws IllegalArgumentException when no child has it
   * @throws IllegalStateException when the row before got no value or more than one
   */
  public ColumnBuilder select(int typeId) {
    int index = typeId < 0 || typeId >= TYPE_IDS ? -1 : indexOfTypeId[typeId];
    if (index < 0) {
      throw bad("no child has type id " + typeId);
    }
    ensureValue();
    addRow(index, children[index].length);
    selected = children[index];
    selectedRow = selected.length;
    return selected;
  }

  /** Adds a row with a value of a child that lies, or will lie, at {@code childRow}. */
  private void addRow(int index, long childRow) {
    types.reserveOne();
    if (offsets != null) {
      if (childRow > Integer.MAX_VALUE) {
        throw new IllegalStateException(
            "column "
                + path
                + " would have more than 2^31 values in a child; build a batch before");
      }
      offsets.add(childRow);
    } else {
      for (int i = 0; i < children.length; i++) {
        if (i != index) {
          children[i].putBlank();
        }
      }
    }
    types.add(typeIds[index]);
    length++;
  }

  private void ensureValue() {
    if (selected != null && selected.length != selectedRow + 1) {
      throw unfinished(
          "a row has "
              + (selected.length - selectedRow)
              + " values in child \""
              + selected.field.name()
              + "\", not 1");
    }
  }

  @Override
  Class<?> objectClass() {
    return Object.class;
  }

  @Override
  void putObject(Object value) {
    ensureValue();
    for (int i = 0; i < children.length; i++) {
      if (children[i].objectClass().isInstance(value) && isPut(i, value)) {
        return;
      }
    }
    for (int i = 0; i < children.length; i++) {
      if (!children[i].objectClass().isInstance(value) && isPut(i, value)) {
        return;
      }
    }
    throw badClass(value);
  }

  private boolean isPut(int index, Object value) {
    long childRow = children[index].length;
    try {
      children[index].appendObject(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
    selected = null;
    addRow(index, childRow);
    return true;
  }

  @Override
  void putNull() {
    for (int i = 0; i < children.length; i++) {
      if (children[i].isNullable()) {
        put(i);
        return;
      }
    }
    throw bad("null in a union without a nullable child");
  }

  private void put(int index) {
    ensureValue();
    selected = null;
    long childRow = children[index].length;
    children[index].putBlank();
    addRow(index, childRow);
  }

  @Override
  void putDefault() {
    if (children.length == 0) {
      throw bad("a union without children has no values");
    }
    put(0);
  }

  @Override
  void putBlank() {
    putDefault();
  }

  @Override
  void truncate(long rows) {
    selected = null;
    boolean[] cut = new boolean[children.length];
    for (long row = rows; offsets != null && row < length; row++) {
      int index = indexOfTypeId[(int) types.get((int) row)];
      if (!cut[index]) {
        cut[index] = true;
        children[index].truncate(offsets.get((int) row));
      }
    }
    length = Math.min(length, rows);
    types.truncate(length);
    if (offsets != null) {
      offsets.truncate(length);
      return;
    }
    for (ColumnBuilder child : children) {
      child.truncate(length);
    }
  }

  @Override
  void ensureComplete() {
    ensureValue();
    for (ColumnBuilder child : children) {
      child.ensureComplete();
      if (offsets == null && child.length != length) {
        throw unfinished(
            "child \"" + child.field.name() + "\" has " + child.length + " rows, not " + length);
      }
    }
  }

  @Override
  ColumnData finish(Output out) {
    selected = null;
    List<ArrowBuffer> buffers = new ArrayList<>();
    buffers.add(types.finish(out));
    if (offsets != null) {
      buffers.add(offsets.finish(out));
    }
    List<ColumnData> arrays = new ArrayList<>(children.length);
    for (ColumnBuilder child : children) {
      arrays.add(child.finish(out));
    }
    return array(out, buffers, arrays, null);
  }

  @Override
  void release() {
    length = 0;
    selected = null;
    types.release();
    if (offsets != null) {
      offsets.release();
    }
    for (ColumnBuilder child : children) {
      child.release();
    }
  }
}
