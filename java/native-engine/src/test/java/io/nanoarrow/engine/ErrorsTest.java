package io.nanoarrow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.StreamReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsTest {
  @TempDir Path folder;

  @AfterEach
  void allocationsSucceedAgain() {
    NativeRuntime.ensureLoaded();
    Naj.naj_bind_fail_allocation(0);
  }

  @Test
  void rubbishIsInvalidWithAnOffset() {
    byte[] rubbish = new byte[200];
    new Random(1).nextBytes(rubbish);
    rubbish[0] = rubbish[1] = rubbish[2] = rubbish[3] = -1;
    rubbish[4] = 100;
    rubbish[5] = rubbish[6] = rubbish[7] = 0;
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class,
            () -> ArrowIpc.openStream(ByteBuffer.wrap(rubbish), InputKind.OPTIONS));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
    assertTrue(e.byteOffset() >= 0, e.getMessage());
  }

  @Test
  void aFailedReaderStaysFailed() throws IOException {
    byte[] cut = java.util.Arrays.copyOf(TestStreams.stream(2, 10), 700);
    try (StreamReader reader = InputKind.STREAM.open(cut, folder)) {
      ArrowFormatException first = assertThrows(ArrowFormatException.class, reader::next);
      ArrowFormatException again = assertThrows(ArrowFormatException.class, reader::next);
      assertEquals(first.kind(), again.kind());
      assertEquals(first.byteOffset(), again.byteOffset());
    }
  }

  @Test
  void everyFailingAllocationIsAnOutOfMemoryErrorAndLeaksNothing() throws IOException {
    byte[] bytes = TestStreams.stream(2, 10);
    for (InputKind kind :
        new InputKind[] {InputKind.MAPPED_PATH, InputKind.STREAM, InputKind.HEAP_BUFFER}) {
      for (int n = 1; ; n++) {
        Naj.naj_bind_fail_allocation(n);
        try (StreamReader reader = kind.open(bytes, folder)) {
          reader.forEachBatch(batch -> {});
          Naj.naj_bind_fail_allocation(0);
          assertTrue(n > 3, kind + " allocates less than expected");
          break;
        } catch (OutOfMemoryError expected) {
          Naj.naj_bind_fail_allocation(0);
        }
        if (n > 200) {
          fail("no end of allocations");
        }
      }
    }
  }

  /** Flips each byte in turn: a batch or an exception, never a crash. */
  @Test
  void flippedBytesNeverCrash() throws IOException {
    byte[] bytes = TestStreams.stream(1, 4);
    for (int at = 0; at < bytes.length; at++) {
      for (byte flip : new byte[] {1, -128, -1}) {
        byte[] changed = bytes.clone();
        changed[at] ^= flip;
        try (StreamReader reader =
            ArrowIpc.openStream(ByteBuffer.wrap(changed), InputKind.OPTIONS)) {
          reader.forEachBatch(
              batch -> {
                for (int c = 0; c < batch.columnCount(); c++) {
                  for (int row = 0; row < batch.rowCount() && row < 10; row++) {
                    batch.column(c).getObject(row);
                  }
                }
              });
        } catch (ArrowFormatException | IndexOutOfBoundsException expected) {
          // A row out of range cannot be: lengths are checked against buffers.
          if (expected instanceof IndexOutOfBoundsException) {
            throw new AssertionError("at " + at, expected);
          }
        }
      }
    }
  }
}
