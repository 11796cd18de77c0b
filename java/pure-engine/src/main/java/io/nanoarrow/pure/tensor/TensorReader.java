package io.nanoarrow.pure.tensor;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.message.MessageReader;
import io.nanoarrow.pure.source.Body;
import io.nanoarrow.pure.source.ByteSource;
import io.nanoarrow.spi.TensorMessage;
import io.nanoarrow.tensor.TensorData;
import java.io.IOException;
import org.apache.arrow.flatbuf.MessageHeader;

/** Reads the tensor message that an input begins with. */
public final class TensorReader {
  private TensorReader() {}

  /** What a checked head makes of its body. */
  interface Content {
    /** Returns the content; borrows the body. */
    TensorData of(Body body);
  }

  /**
   * Reads one message; the source stays the caller's.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when it is no tensor, or parts of it lie
   *     outside of its body
   */
  public static TensorMessage read(ByteSource source, ReadOptions options) throws IOException {
    MessageReader messages = new MessageReader(source, options);
    MessageHead head = messages.next();
    if (head == null) {
      throw messages.endedWithoutMarker()
          ? Faults.truncated("the input ends before the tensor", source.position())
          : Faults.invalid("an end marker instead of a tensor", source.position());
    }
    Content content = head(head);
    Body body = messages.body().take(null);
    try {
      return new TensorMessage(content.of(body), body.region());
    } catch (Throwable t) {
      body.region().release();
      throw t;
    }
  }

  private static Content head(MessageHead head) {
    return switch (head.type()) {
      case MessageHeader.Tensor -> DenseHead.read(head);
      case MessageHeader.SparseTensor -> SparseHead.read(head);
      default ->
          throw Faults.invalid(
              "a message of type " + head.type() + " instead of a tensor", head.offset());
    };
  }
}
