package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.Metadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Key-value metadata in the C Data Interface's encoding: int32 pair count, then int32 size and
 * bytes of each key and value, in native byte order.
 */
final class KeyValues {
  private KeyValues() {}

  /** Reads pairs; an empty input has none. */
  static Metadata read(byte[] encoded) {
    return read(ByteBuffer.wrap(encoded));
  }

  /** Reads the pairs that remain in a buffer. */
  static Metadata read(ByteBuffer encoded) {
    if (!encoded.hasRemaining()) {
      return Metadata.EMPTY;
    }
    ByteBuffer in = encoded.slice().order(ByteOrder.nativeOrder());
    Metadata.Builder pairs = Metadata.builder();
    int count = size(in);
    for (int i = 0; i < count; i++) {
      pairs.add(text(in), text(in));
    }
    return pairs.build();
  }

  /** Encodes pairs; none are an empty array. */
  static byte[] write(Metadata pairs) {
    if (pairs.isEmpty()) {
      return new byte[0];
    }
    long size = 4;
    for (Metadata.Entry entry : pairs.entries()) {
      size += 8L + entry.keyBytes().length + entry.valueBytes().length;
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.nativeOrder());
    out.putInt(pairs.size());
    for (Metadata.Entry entry : pairs.entries()) {
      byte[] key = entry.keyBytes();
      byte[] value = entry.valueBytes();
      out.putInt(key.length).put(key).putInt(value.length).put(value);
    }
    return out.array();
  }

  private static byte[] text(ByteBuffer in) {
    byte[] text = new byte[size(in)];
    in.get(text);
    return text;
  }

  private static int size(ByteBuffer in) {
    int size = in.remaining() < 4 ? -1 : in.getInt();
    if (size < 0 || size > in.remaining()) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, "key-value metadata is cut short");
    }
    return size;
  }
}
