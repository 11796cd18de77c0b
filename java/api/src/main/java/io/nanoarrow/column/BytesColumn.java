package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column whose values are byte strings: text, bytes, or bytes of one size, in any layout. */
public abstract sealed class BytesColumn extends Column
    permits Utf8Column, BinaryColumn, FixedSizeBinaryColumn {
  private final ByteStrings values;

  BytesColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    values = layout(data.field().type());
  }

  private ByteStrings layout(ArrowType type) {
    if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      return new ByteStrings.InViews(this);
    }
    if (type instanceof ArrowType.FixedSizeBinary fixed) {
      ArrowBuffer bytes = buffer(0);
      return new ByteStrings.InOneBuffer(
          new Ranges.Fixed(this, bytes.sizeBytes(), fixed.byteWidth()), bytes);
    }
    ArrowBuffer bytes = buffer(1);
    boolean large = type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary;
    Ranges ranges =
        large
            ? new Ranges.Offsets64(this, bytes.sizeBytes())
            : new Ranges.Offsets32(this, bytes.sizeBytes());
    return new ByteStrings.InOneBuffer(ranges, bytes);
  }

  /** Returns the bytes that the value of a row has, 0 when it is null. */
  public final long byteLength(long row) {
    return isNull(row) ? 0 : values.size(offset + row);
  }

  /**
   * Returns a copy of the bytes of a row, null when it is null.
   *
   * @throws io.nanoarrow.error.ArrowFormatException with kind UNSUPPORTED when an array is too
   *     small
   */
  public final byte @Nullable [] getBytes(long row) {
    return isNull(row) ? null : copy(row, Integer.MAX_VALUE);
  }

  /**
   * Copies the bytes of a row, none when it is null.
   *
   * @return how many were copied: {@link #byteLength}
   * @throws IndexOutOfBoundsException when the target has no room for them
   */
  public final int copyTo(long row, byte[] target, int targetOffset) {
    if (isNull(row)) {
      return 0;
    }
    long slot = offset + row;
    int size = intSize(slot);
    Objects.checkFromIndexSize(targetOffset, size, target.length);
    values.buffer(slot).copyTo(values.start(slot), target, targetOffset, size);
    return size;
  }

  /**
   * Returns the bytes of a row without copying them, null when it is null: read-only, and they stay
   * for as long as the buffer is reachable, closed batches or not. Only a value of more than 1 GiB
   * may have to be copied.
   *
   * @throws io.nanoarrow.error.ArrowFormatException with kind UNSUPPORTED when a buffer is too
   *     small
   */
  public final @Nullable ByteBuffer getByteBuffer(long row) {
    if (isNull(row)) {
      return null;
    }
    long slot = offset + row;
    int size = intSize(slot);
    ArrowBuffer bytes = values.buffer(slot);
    long start = values.start(slot);
    return bytes.isInOneWindow(start, size)
        ? bytes.asByteBuffer(start, size)
        : ByteBuffer.wrap(copy(row, size)).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the first bytes of a value that is not null, at most {@code most}. */
  final byte[] copy(long row, int most) {
    long slot = offset + row;
    int size = (int) Math.min(most, most == Integer.MAX_VALUE ? intSize(slot) : values.size(slot));
    byte[] bytes = new byte[size];
    values.buffer(slot).copyTo(values.start(slot), bytes, 0, size);
    return bytes;
  }

  /** Tells whether two rows have the same bytes, or are both null. */
  public final boolean bytesEqual(long row, BytesColumn other, long otherRow) {
    boolean isNull = isNull(row);
    if (isNull || other.isNull(otherRow)) {
      return isNull && other.isNull(otherRow);
    }
    long slot = offset + row;
    long otherSlot = other.offset + otherRow;
    long size = values.size(slot);
    if (size != other.values.size(otherSlot)) {
      return false;
    }
    return Bulk.same(
        values.buffer(slot),
        values.start(slot),
        other.values.buffer(otherSlot),
        other.values.start(otherSlot),
        size);
  }

  private int intSize(long slot) {
    long size = values.size(slot);
    if (size > Integer.MAX_VALUE - 8) {
      throw tooLarge(size);
    }
    return (int) size;
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    if (isNull(row)) {
      out.add("null");
      return;
    }
    out.addHex(copy(row, out.room() == Integer.MAX_VALUE ? Integer.MAX_VALUE : out.room() + 1));
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getBytes(row);
  }
}
