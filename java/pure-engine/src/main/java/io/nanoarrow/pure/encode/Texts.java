package io.nanoarrow.pure.encode;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.schema.Metadata;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flatbuf.KeyValue;

/** Strings and key-values in flatbuffers; key-values byte by byte, UTF-8 or not. */
final class Texts {
  private Texts() {}

  /**
   * Writes a text.
   *
   * @throws ArrowFormatException when it has no UTF-8 form
   */
  static int text(FlatBufferBuilder out, String text) {
    try {
      return out.createString(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      throw Faults.unsupported(
          "a name with half of a surrogate pair", ArrowFormatException.UNKNOWN_OFFSET, null);
    }
  }

  /** Writes a vector of KeyValue and returns its place, 0 for none. */
  static int keyValues(FlatBufferBuilder out, Metadata metadata) {
    List<Metadata.Entry> entries = metadata.entries();
    if (entries.isEmpty()) {
      return 0;
    }
    int[] pairs = new int[entries.size()];
    for (int i = 0; i < pairs.length; i++) {
      int key = out.createString(ByteBuffer.wrap(entries.get(i).keyBytes()));
      int value = out.createString(ByteBuffer.wrap(entries.get(i).valueBytes()));
      pairs[i] = KeyValue.createKeyValue(out, key, value);
    }
    return out.createVectorOfTables(pairs);
  }
}
