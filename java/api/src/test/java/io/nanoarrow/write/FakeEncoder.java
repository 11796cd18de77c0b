package io.nanoarrow.write;

import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages that are their own description, and a log of what was asked for. */
final class FakeEncoder implements EngineEncoder {
  static final int METADATA_BYTES = 8;

  final List<String> log = new ArrayList<>();
  RuntimeException batchFailure;
  int closed;

  private EncodedMessage message(long position, String text, int bodySize) {
    if (position % 8 != 0) {
      throw new AssertionError("a message at " + position);
    }
    log.add(text);
    ByteBuffer head = ByteBuffer.allocate(METADATA_BYTES);
    head.put(text.substring(0, 4).getBytes(StandardCharsets.UTF_8)).rewind();
    byte[] body = new byte[bodySize];
    for (int i = 0; i < bodySize; i++) {
      body[i] = (byte) i;
    }
    return new EncodedMessage(METADATA_BYTES, bodySize, List.of(head, ByteBuffer.wrap(body)));
  }

  @Override
  public EncodedMessage schema(long position) {
    return message(position, "schema@" + position, 0);
  }

  @Override
  public EncodedMessage dictionary(long position, long id, boolean isDelta, ColumnData values) {
    String what = isDelta ? "delta" : "dictionary";
    return message(position, what + " " + id + " of " + values.length(), 8);
  }

  @Override
  public EncodedMessage batch(long position, BatchRows rows, Metadata metadata) {
    if (batchFailure != null) {
      throw batchFailure;
    }
    return message(position, "batch of " + rows.rowCount(), 16);
  }

  @Override
  public long batchSizeBytes(BatchRows rows, Metadata metadata) {
    return METADATA_BYTES + 16;
  }

  @Override
  public ByteBuffer footer(
      List<FooterBlock> dictionaries, List<FooterBlock> batches, Metadata metadata) {
    log.add("footer " + dictionaries + batches + metadata);
    return ByteBuffer.wrap("footer__".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    closed++;
  }
}
