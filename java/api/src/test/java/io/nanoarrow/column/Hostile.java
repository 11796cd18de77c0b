package io.nanoarrow.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import org.junit.jupiter.api.function.Executable;

/** What every getter does with bytes that break the format. */
final class Hostile {
  private Hostile() {}

  /** Asserts INVALID_DATA with the column path, and a detail that says what is wrong. */
  static void assertInvalid(String path, String detail, Executable use) {
    ArrowFormatException e = assertThrows(ArrowFormatException.class, use);
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
    assertEquals(path, e.columnPath());
    assertTrue(e.detail().contains(detail), e.detail());
  }
}
