package io.nanoarrow.layout;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One array of a batch as the columnar format lays it out: what engines hand over and columns read.
 * Immutable; its buffers live as long as the batch it belongs to.
 *
 * <p>Buffers are in the format's order without the validity bitmap, which stands apart: null type
 * none; fixed width values; utf8/binary offsets, data; views the views and then each data buffer;
 * list, map offsets; list views offsets, sizes; sparse union type ids; dense union type ids,
 * offsets; fixed-size list, struct, run-end encoded none. A dictionary-encoded field has its
 * indices here and its values in {@code dictionary}. Sizes are checked against {@code offset +
 * length} as far as the type's fixed widths go; what offsets, views, type ids, run ends and indices
 * point to is not.
 *
 * @param field type and children
 * @param length rows
 * @param offset rows to skip in every buffer (and, for struct and sparse union, in every child)
 * @param nullCount nulls within {@code [offset, offset + length)}, -1 when not known
 * @param validity bit set = valid; null when the array has no bitmap (all rows valid)
 * @param buffers as above; an absent one is {@link ArrowBuffer#EMPTY}
 * @param children as in {@code field}; empty for a dictionary-encoded field
 * @param dictionary the values of a dictionary-encoded field, else null
 */
public record ColumnData(
    Field field,
    long length,
    long offset,
    long nullCount,
    @Nullable ArrowBuffer validity,
    List<ArrowBuffer> buffers,
    List<ColumnData> children,
    @Nullable ColumnData dictionary) {

  /** The null count of an array whose nulls were not counted. */
  public static final long UNKNOWN_NULL_COUNT = -1;

  /** Copies the lists and checks the numbers. */
  public ColumnData {
    buffers = List.copyOf(buffers);
    children = List.copyOf(children);
    if (length < 0 || offset < 0 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("length " + length + ", offset " + offset);
    }
  }

  /**
   * Returns {@code count} rows from {@code start} on, over the same buffers.
   *
   * @throws IndexOutOfBoundsException when they are not all there
   */
  public ColumnData slice(long start, long count) {
    java.util.Objects.checkFromIndexSize(start, count, length);
    if (start == 0 && count == length) {
      return this;
    }
    long nulls = nullCount == 0 ? 0 : nullCount == length ? count : UNKNOWN_NULL_COUNT;
    return new ColumnData(
        field, count, offset + start, nulls, validity, buffers, children, dictionary);
  }
}
