package io.nanoarrow.engine;

import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.Input;
import io.nanoarrow.spi.TensorMessage;
import io.nanoarrow.tensor.TensorData;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads and encodes tensors in C. */
final class TensorMessages {
  private static final int FIRST_BYTES = 1024;
  private static final int METADATA_V4 = 3;
  private static final int METADATA_V5 = 4;

  private TensorMessages() {}

  static TensorMessage read(Input input, ReadOptions options) throws IOException {
    NativeRegion whole = Inputs.asRegion(input, options);
    StreamBytes bytes = whole != null ? new WholeBytes(whole) : new Feeder(Inputs.asSource(input));
    try {
      TensorMessage message = read(bytes, options);
      bytes.close();
      return message;
    } catch (Throwable t) {
      closeAfter(t, bytes);
      throw t;
    }
  }

  private static void closeAfter(Throwable cause, StreamBytes bytes) {
    try {
      bytes.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static TensorMessage read(StreamBytes bytes, ReadOptions options) throws IOException {
    Scratch scratch = Scratch.get();
    ByteBuffer table = direct(FIRST_BYTES);
    while (true) {
      int status =
          Naj.naj_bind_tensor_read(
              bytes.region().handle(),
              bytes.offset(),
              bytes.available(),
              bytes.isAtEnd() ? 1 : 0,
              Limits.write(scratch, 4, options),
              AddressPointer.addressOf(table),
              table.capacity(),
              scratch.error);
      Reference.reachabilityFence(table);
      long needed = table.getLong(TensorTable.NEEDED_BYTES);
      switch (status) {
        case Status.OK -> {
          NativeRegion region = bytes.region();
          TensorData content = new TensorTable(table, region).content();
          region.retain();
          return new TensorMessage(content, region);
        }
        case Status.NEED_INPUT -> bytes.fill(needed);
        case Status.NEED_TABLE -> table = direct(Math.toIntExact(needed));
        default -> throw Status.failure(scratch, null);
      }
    }
  }

  static EncodedMessage encode(TensorData content, WriteOptions options) {
    Scratch scratch = Scratch.get();
    TensorDescription description = new TensorDescription(content);
    ByteBuffer table = description.table();
    ByteBuffer head = direct(FIRST_BYTES);
    while (true) {
      int status =
          Naj.naj_bind_tensor_encode(
              AddressPointer.addressOf(table),
              table.capacity(),
              EncoderState.isV4(options) ? METADATA_V4 : METADATA_V5,
              options.legacyFormat() ? 1 : 0,
              AddressPointer.addressOf(head),
              head.capacity(),
              scratch.arguments,
              scratch.error);
      Reference.reachabilityFence(table);
      Reference.reachabilityFence(head);
      int size = (int) scratch.argument(0);
      if (status == Status.OK) {
        List<ByteBuffer> parts = new ArrayList<>(description.body().size() + 1);
        parts.add(head.slice(0, size));
        parts.addAll(description.body());
        return new EncodedMessage(size, description.bodyBytes(), parts);
      } else if (status != Status.NEED_ARENA) {
        throw Status.failure(scratch);
      }
      head = direct(size);
    }
  }

  private static ByteBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }
}
