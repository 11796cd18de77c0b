package io.nanoarrow.pure.tensor;

import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.tensor.DenseData;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.TensorLayout;
import java.util.List;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Tensor;
import org.apache.arrow.flatbuf.Type;

/** The head of a dense tensor. */
final class DenseHead {
  private DenseHead() {}

  static TensorReader.Content read(MessageHead head) {
    HeadCheck check = new HeadCheck(head);
    Tensor table = new Tensor().__assign(head.header(), head.bytes());
    byte number = table.typeType();
    ArrowType type =
        check.type(
            number,
            number == Type.Int ? (Int) table.type(new Int()) : null,
            number == Type.FloatingPoint ? (FloatingPoint) table.type(new FloatingPoint()) : null);
    if (table.shapeVector() == null) {
      throw check.invalid("a tensor without a shape");
    }
    List<Dimension> dimensions = check.dimensions(table.shapeLength(), table::shape);
    HeadCheck.Part data = check.part(table.data());
    TensorLayout layout = layout(check, table, type, dimensions);
    long sizeBytes = layout.elementCount() * layout.widthBytes();
    if (layout.spanBytes() > data.sizeBytes()) {
      throw check.invalid(
          "strides reach over %d bytes of %d".formatted(layout.spanBytes(), data.sizeBytes()));
    } else if (sizeBytes > data.sizeBytes()) {
      throw check.invalid("elements of a tensor share bytes");
    }
    return body -> new DenseData(layout, data.of(body, layout.spanBytes()));
  }

  private static TensorLayout layout(
      HeadCheck check, Tensor table, ArrowType type, List<Dimension> dimensions) {
    int count = table.stridesLength();
    if (count != 0 && count != dimensions.size()) {
      throw check.invalid(count + " strides for " + dimensions.size() + " dimensions");
    }
    try {
      if (count == 0) {
        return TensorLayout.rowMajor(type, dimensions);
      }
      long[] strides = new long[count];
      for (int i = 0; i < count; i++) {
        strides[i] = table.strides(i);
      }
      return new TensorLayout(type, dimensions, strides);
    } catch (IllegalArgumentException e) {
      throw check.invalid(String.valueOf(e.getMessage()));
    }
  }
}
