package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/**
 * Builds a column whose values are ranges of elements of a child: the elements of a row are
 * appended to the child, then the row is ended.
 */
public abstract sealed class RepeatedBuilder extends ColumnBuilder permits ListBuilder, MapBuilder {
  private final ColumnBuilder elements;
  private final ListSlots slots;

  /** Elements that belong to a row already. */
  private long taken;

  RepeatedBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ColumnBuilder elements) {
    super(field, path, memory, expectedRows);
    this.elements = elements;
    this.slots = ListSlots.of(field.type(), memory, path, expectedRows);
  }

  /** Returns the elements appended since the last row. */
  final long pending() {
    return elements.length - taken;
  }

  /** Makes a row of the pending elements. */
  final void endRow() {
    memory.ensureOpen();
    if (elements.length > slots.maxElements()) {
      throw new IllegalStateException(
          "column "
              + path
              + " would have more elements than 32-bit offsets reach; build a batch before,"
              + " or use the large type");
    }
    slots.add(taken, elements.length - taken);
    taken = elements.length;
    length++;
  }

  /** Returns the elements that a null has all the same. */
  abstract int blanks();

  @Override
  final void putNull() {
    putDefault();
    validity.addNull(length - 1);
  }

  @Override
  final void putDefault() {
    ensureNonePending();
    memory.ensureOpen();
    for (int i = blanks(); i > 0; i--) {
      elements.putBlank();
    }
    endRow();
  }

  final void ensureNonePending() {
    if (pending() != 0) {
      throw unfinished(pending() + " elements belong to no row: it was not ended");
    }
  }

  @Override
  final void truncate(long rows) {
    if (rows < length) {
      taken = slots.truncate(rows);
      length = rows;
      validity.truncate(rows);
    }
    elements.truncate(taken);
  }

  @Override
  final void ensureComplete() {
    ensureNonePending();
    elements.ensureComplete();
  }

  @Override
  final ColumnData finish(Output out) {
    List<ArrowBuffer> buffers = slots.finish(out);
    ColumnData child = elements.finish(out);
    if (!out.isSharing()) {
      taken = 0;
    }
    return array(out, buffers, List.of(child), null);
  }

  @Override
  final void release() {
    length = 0;
    taken = 0;
    slots.release();
    validity.release();
    elements.release();
  }
}
