package io.nanoarrow.pure.tensor;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.schema.SchemaReader;
import io.nanoarrow.pure.source.Body;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.tensor.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.TensorDim;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Checks what the heads of dense and sparse tensors have in common. */
final class HeadCheck {
  private final long inputOffset;
  private final long bodySizeBytes;

  HeadCheck(MessageHead head) {
    inputOffset = head.offset();
    bodySizeBytes = head.bodySizeBytes();
  }

  /** A range of the body that lies in it. */
  record Part(long offset, long sizeBytes) {
    /** Returns the first bytes of the part. */
    ArrowBuffer of(Body body, long size) {
      return size == 0 ? ArrowBuffer.EMPTY : body.buffer(offset, size);
    }
  }

  Part part(Buffer buffer) {
    return part(buffer.offset(), buffer.length());
  }

  /** Checks a range of the body. */
  Part part(long offset, long size) {
    if (offset < 0 || size < 0 || offset > bodySizeBytes - size) {
      throw invalid(
          "a buffer of %d bytes at %d of a body of %d".formatted(size, offset, bodySizeBytes));
    }
    return new Part(offset, size);
  }

  /** Returns the type of elements. */
  ArrowType type(byte number, @Nullable Int integer, @Nullable FloatingPoint floating) {
    if (number == Type.NONE || integer == null && floating == null && isNumber(number)) {
      throw invalid("a tensor without a type");
    } else if (number == Type.Int) {
      return integer(integer);
    } else if (number == Type.FloatingPoint) {
      int precision = floating.precision();
      if (precision < 0 || precision >= FloatingPointPrecision.values().length) {
        throw invalid("a float of precision " + precision);
      }
      return new ArrowType.FloatingPoint(FloatingPointPrecision.values()[precision]);
    }
    throw Faults.unsupported("a tensor whose type has number " + number, inputOffset, null);
  }

  private static boolean isNumber(byte number) {
    return number == Type.Int || number == Type.FloatingPoint;
  }

  ArrowType.Int integer(Int type) {
    int width = type.bitWidth();
    if (width != 8 && width != 16 && width != 32 && width != 64) {
      throw invalid("an integer of " + width + " bits");
    }
    return new ArrowType.Int(width, type.isSigned());
  }

  List<Dimension> dimensions(int count, IntFunction<TensorDim> dimension) {
    List<Dimension> dimensions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      TensorDim next = dimension.apply(i);
      if (next.size() < 0) {
        throw invalid("a dimension of " + next.size() + " elements");
      }
      dimensions.add(new Dimension(next.size(), SchemaReader.text(next.nameAsByteBuffer())));
    }
    return dimensions;
  }

  /** Returns the product, or -1 when a long does not hold it. */
  static long product(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return high == 0 && low >= 0 ? low : -1;
  }

  RuntimeException invalid(String detail) {
    return Faults.invalid(detail, inputOffset);
  }
}
