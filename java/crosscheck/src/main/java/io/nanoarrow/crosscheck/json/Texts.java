package io.nanoarrow.crosscheck.json;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts of JSON as bytes and back. */
final class Texts {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Texts() {}

  /** Returns a text as UTF-8; half a surrogate pair is an error. */
  static byte[] utf8(JsonInput in, String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw in.invalid("a text with half a surrogate pair");
    }
  }

  /** Returns the bytes that the current text has in hexadecimal. */
  static byte[] hex(JsonInput in) throws IOException {
    try {
      return HEX.parseHex(in.text());
    } catch (IllegalArgumentException e) {
      throw in.invalid("not hexadecimal");
    }
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /**
   * Returns UTF-8 as a text.
   *
   * @throws ArrowFormatException of kind UNSUPPORTED when it is none: JSON cannot hold other bytes
   */
  static String text(byte[] utf8, String what, String path) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED,
          what + " that is not UTF-8 has no integration JSON",
          ArrowFormatException.UNKNOWN_OFFSET,
          path);
    }
  }
}
