package io.nanoarrow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.spi.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValidationOptionsTest {
  @Test
  void theOptionThatSkipsTheCheckReachesTheBatch() throws IOException {
    byte[] bytes = TestStreams.stream(1, 3);
    for (boolean skip : new boolean[] {false, true}) {
      ReadOptions options =
          ReadOptions.builder().engine("native").skipExportValidation(skip).build();
      try (EngineStream open =
          new NativeEngine().openStream(new Input.BufferInput(ByteBuffer.wrap(bytes)), options)) {
        BatchData data = open.next();
        assertEquals(skip, data.isCheckedForExport());
        data.release();
      }
    }
  }

  @Test
  void fullValidationNamesTheMessageAndTheRow() throws IOException {
    byte[] bytes = TestStreams.stream(2, 4);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.lastIndexOf("text ");
    bytes[at] = (byte) 0xFF;
    ReadOptions options =
        ReadOptions.builder().engine("native").validation(ValidationLevel.FULL).build();
    for (boolean isFed : new boolean[] {false, true}) {
      Input input =
          isFed
              ? new Input.StreamInput(new ByteArrayInputStream(bytes), true)
              : new Input.BufferInput(ByteBuffer.wrap(bytes));
      try (EngineStream open = new NativeEngine().openStream(input, options)) {
        open.next().release();
        ArrowFormatException e = assertThrows(ArrowFormatException.class, open::next);
        assertEquals(ErrorKind.INVALID_DATA, e.kind());
        assertEquals("s", e.columnPath());
        assertEquals(3, e.row());
        assertTrue(e.byteOffset() > 0 && e.byteOffset() < at, e.getMessage());
        assertEquals(-1, ByteBuffer.wrap(bytes).getInt((int) e.byteOffset()), "a message's prefix");
      }
    }
  }
}
