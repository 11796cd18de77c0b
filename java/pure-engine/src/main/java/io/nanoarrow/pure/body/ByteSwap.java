package io.nanoarrow.pure.body;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.IntervalUnit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts big-endian buffers into little-endian order. */
final class ByteSwap {
  /** Bytes in either order: bitmaps, type ids, data. */
  static final int NONE = 0;

  private static final int MONTH_DAY_NANO = -1;
  private static final int VIEWS = -2;
  private static final int INLINE_SIZE = 12;

  private ByteSwap() {}

  /**
   * Returns how a buffer is swapped: {@link #NONE}, the bytes of its numbers, or a code of this
   * class.
   *
   * @param buffer which one of the node, validity not counted
   */
  static int of(BodyPlan.Node node, int buffer) {
    return switch (node.layout) {
      case FIXED -> fixed(node);
      case BINARY, LIST -> buffer == 0 ? 4 : NONE;
      case LARGE_BINARY, LARGE_LIST -> buffer == 0 ? 8 : NONE;
      case LIST_VIEW -> 4;
      case LARGE_LIST_VIEW -> 8;
      case VIEW -> buffer == 0 ? VIEWS : NONE;
      case DENSE_UNION -> buffer == 1 ? 4 : NONE;
      case NULL, BITS, VALIDITY, SPARSE_UNION, RUN_ENDS -> NONE;
    };
  }

  private static int fixed(BodyPlan.Node node) {
    boolean encoded = node.field.dictionary() != null;
    ArrowType stored = encoded ? node.field.dictionary().indexType() : node.field.type();
    if (stored instanceof ArrowType.FixedSizeBinary) {
      return NONE;
    } else if (stored instanceof ArrowType.Interval interval) {
      return interval.unit() == IntervalUnit.MONTH_DAY_NANO ? MONTH_DAY_NANO : 4;
    }
    return node.width > 1 ? node.width : NONE;
  }

  /** Swaps the first {@code size} bytes in place; what is left of the last item stays as it is. */
  static void apply(int swap, byte[] bytes, int size) {
    ByteBuffer big = ByteBuffer.wrap(bytes);
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (swap) {
      case NONE -> {}
      case 2 -> {
        for (int i = 0; i <= size - 2; i += 2) {
          little.putShort(i, big.getShort(i));
        }
      }
      case 4 -> {
        for (int i = 0; i <= size - 4; i += 4) {
          little.putInt(i, big.getInt(i));
        }
      }
      case 8 -> {
        for (int i = 0; i <= size - 8; i += 8) {
          little.putLong(i, big.getLong(i));
        }
      }
      case MONTH_DAY_NANO -> {
        for (int i = 0; i <= size - 16; i += 16) {
          little.putInt(i, big.getInt(i));
          little.putInt(i + 4, big.getInt(i + 4));
          little.putLong(i + 8, big.getLong(i + 8));
        }
      }
      case VIEWS -> views(big, little, size);
      default -> wide(bytes, size, swap);
    }
  }

  /** The bytes of an inline value and the prefix of a long one are in their own order. */
  private static void views(ByteBuffer big, ByteBuffer little, int size) {
    for (int i = 0; i <= size - 16; i += 16) {
      int valueSize = big.getInt(i);
      little.putInt(i, valueSize);
      if (valueSize > INLINE_SIZE) {
        little.putInt(i + 8, big.getInt(i + 8));
        little.putInt(i + 12, big.getInt(i + 12));
      }
    }
  }

  private static void wide(byte[] bytes, int size, int width) {
    for (int i = 0; i <= size - width; i += width) {
      for (int low = i, high = i + width - 1; low < high; low++, high--) {
        byte first = bytes[low];
        bytes[low] = bytes[high];
        bytes[high] = first;
      }
    }
  }
}
