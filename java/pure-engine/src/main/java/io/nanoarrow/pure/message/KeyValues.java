package io.nanoarrow.pure.message;

import io.nanoarrow.pure.verify.FlatVerifier;
import io.nanoarrow.schema.Metadata;
import java.nio.ByteBuffer;

/** Reads vectors of KeyValue, byte for byte. */
public final class KeyValues {
  private KeyValues() {}

  /** Returns the pairs of a vector that has been verified. */
  public static Metadata read(FlatVerifier flat, int table, int slot) {
    int vector = flat.vector(table, slot, 4);
    int count = flat.count(vector);
    if (count == 0) {
      return Metadata.EMPTY;
    }
    Metadata.Builder pairs = Metadata.builder();
    for (int i = 0; i < count; i++) {
      int pair = flat.element(vector, i);
      pairs.add(bytes(flat, flat.reference(pair, 0)), bytes(flat, flat.reference(pair, 1)));
    }
    return pairs.build();
  }

  /** Returns the bytes of a verified string. */
  private static byte[] bytes(FlatVerifier flat, int string) {
    ByteBuffer from = flat.bytes();
    byte[] copy = new byte[from.getInt(string)];
    from.get(string + 4, copy);
    return copy;
  }
}
