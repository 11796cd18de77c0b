package io.nanoarrow.pure;

import io.nanoarrow.schema.Metadata;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A record batch to be written as bytes, with every number free to be wrong. For tests. */
final class BatchSpec {
  long rowCount;
  final List<long[]> nodes = new ArrayList<>();
  final List<long[]> buffers = new ArrayList<>();
  long[] variadicCounts = {};
  Metadata metadata = Metadata.EMPTY;
  byte codec = -1;
  short version = 4;
  Long bodyLength;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  static BatchSpec rows(long rowCount) {
    BatchSpec spec = new BatchSpec();
    spec.rowCount = rowCount;
    return spec;
  }

  BatchSpec node(long length, long nullCount) {
    nodes.add(new long[] {length, nullCount});
    return this;
  }

  /** Adds bytes to the body, padded to eight. */
  BatchSpec buffer(byte... bytes) {
    buffers.add(new long[] {body.size(), bytes.length});
    body.writeBytes(bytes);
    body.writeBytes(new byte[-bytes.length & 7]);
    return this;
  }

  BatchSpec ints(int... values) {
    byte[] bytes = new byte[4 * values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i / 4] >> 8 * (i % 4));
    }
    return buffer(bytes);
  }

  BatchSpec longs(long... values) {
    byte[] bytes = new byte[8 * values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i / 8] >> 8 * (i % 8));
    }
    return buffer(bytes);
  }

  BatchSpec variadic(long... counts) {
    variadicCounts = counts;
    return this;
  }

  byte[] body() {
    return body.toByteArray();
  }

  long bodyLength() {
    return bodyLength == null ? body.size() : bodyLength;
  }
}
