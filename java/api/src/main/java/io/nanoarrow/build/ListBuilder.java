package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Builds a column of lists of any layout: {@code values().append…(…)} for each element, then {@link
 * #endList}; without an element before it, an empty list.
 */
public final class ListBuilder extends RepeatedBuilder {
  private static final int ANY_SIZE = -1;

  private final ColumnBuilder values;
  private final int listSize;

  ListBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ColumnBuilder values) {
    super(field, path, memory, expectedRows, values);
    this.values = values;
    this.listSize =
        field.type() instanceof ArrowType.FixedSizeList fixed ? fixed.listSize() : ANY_SIZE;
  }

  /** Returns the builder of the elements. */
  public ColumnBuilder values() {
    return values;
  }

  /**
   * Makes a row of the elements appended since the last one.
   *
   * @throws IllegalArgumentException when lists have one size and this is another
   * @throws IllegalStateException when all lists of the batch have more elements than 32-bit
   *     offsets reach
   */
  public void endList() {
    if (listSize != ANY_SIZE && pending() != listSize) {
      throw bad("a list of " + pending() + " elements");
    }
    endRow();
  }

  @Override
  int blanks() {
    return Math.max(listSize, 0);
  }

  @Override
  Class<?> objectClass() {
    return List.class;
  }

  @Override
  void putObject(Object value) {
    ensureNonePending();
    Collection<?> elements;
    if (value instanceof Collection<?> collection) {
      elements = collection;
    } else if (value instanceof Object[] array) {
      elements = Arrays.asList(array);
    } else {
      throw badClass(value);
    }
    for (Object element : elements) {
      values.appendObject(element);
    }
    endList();
  }
}
