package io.nanoarrow.transform;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;

/** Reads indices of any integer type. */
public final class IndexReader {
  private static final long BYTE_MASK = 0xff;
  private static final long SHORT_MASK = 0xffff;
  private static final long INT_MASK = 0xffff_ffffL;

  private final ArrowBuffer indices;
  private final ArrowType.Int type;

  /** A reader of a buffer of indices. */
  public IndexReader(ArrowBuffer indices, ArrowType.Int type) {
    this.indices = indices;
    this.type = type;
  }

  /** Returns the largest index that a type can hold and Java can count. */
  public static long largest(ArrowType.Int type) {
    int bits = type.bitWidth() - (type.signed() ? 1 : 0);
    return bits >= Long.SIZE - 1 ? Long.MAX_VALUE : (1L << bits) - 1;
  }

  /**
   * Returns an index, counted from the start of the buffer; one of 64 bits without sign that Java
   * cannot count is negative.
   */
  public long get(long at) {
    return switch (type.bitWidth()) {
      case 8 -> type.signed() ? indices.getByte(at) : indices.getByte(at) & BYTE_MASK;
      case 16 -> type.signed() ? indices.getShort(at << 1) : indices.getShort(at << 1) & SHORT_MASK;
      case 32 -> type.signed() ? indices.getInt(at << 2) : indices.getInt(at << 2) & INT_MASK;
      default -> indices.getLong(at << 3);
    };
  }
}
