package io.nanoarrow.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeStructTest {
  @Test
  void everyOwnedStructCanBeClosedAndResetWithoutBeingInitialised() {
    List<Supplier<NativeStruct>> all =
        List.of(
            ArrowSchema::new,
            ArrowArray::new,
            ArrowArrayStream::new,
            ArrowArrayView::new,
            ArrowBuffer::new,
            ArrowBitmap::new,
            ArrowSharedArray::new,
            IpcDecoder::new,
            IpcEncoder::new,
            IpcWriter::new,
            IpcInputStream::new,
            IpcOutputStream::new,
            IpcFooter::new,
            IpcDictionaries::new,
            IpcDictionaryEncodings::new,
            IpcDecompressor::new);
    for (Supplier<NativeStruct> supplier : all) {
      NativeStruct struct = supplier.get();
      String name = struct.getClass().getSimpleName();
      assertTrue(struct.isReleased(), name);
      assertTrue(struct.sizeof() > 0, name);
      struct.reset();
      struct.close();
      struct.close();
      assertTrue(struct.isReleased(), name);
    }
  }

  @Test
  void releaseOfASchemaIsSeenThoughTheGetterCannotTell() {
    try (ArrowSchema schema = new ArrowSchema()) {
      assertTrue(schema.isReleased());
      Nanoarrow.ArrowSchemaInit(schema);
      assertFalse(schema.isReleased());
      schema.reset();
      assertTrue(schema.isReleased());
    }
  }

  @Test
  void closingReleasesWhatTheStructOwns() {
    CountingRelease release = new CountingRelease();
    ArrowSchema schema = new ArrowSchema();
    schema.release(release);
    assertFalse(schema.isReleased());
    schema.close();
    schema.close();
    assertEquals(1, release.calls.get());
    release.close();
  }

  @Test
  void closingABorrowedPointerReleasesNothing() {
    try (ArrowSchema schema = new ArrowSchema()) {
      Nanoarrow.ArrowSchemaInit(schema);
      new ArrowSchema((Pointer) schema).close();
      assertFalse(schema.isReleased());
    }
  }

  @Test
  void everyElementOfAnArrayOfStructsIsReleased() {
    CountingRelease release = new CountingRelease();
    try (ArrowSchema schemas = new ArrowSchema(3)) {
      for (int i = 0; i < 3; i++) {
        schemas.getPointer(i).release(release);
      }
      assertFalse(schemas.getPointer(2).isReleased());
      schemas.getPointer(2).reset();
      assertTrue(schemas.getPointer(2).isReleased());
      assertFalse(schemas.getPointer(1).isReleased());
    }
    assertEquals(3, release.calls.get());
    release.close();
  }

  @Test
  void aForgottenStructIsReleased() throws Exception {
    CountingRelease release = new CountingRelease();
    forget(release);
    for (int i = 0; i < 100 && release.calls.get() == 0; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertEquals(1, release.calls.get());
    release.close();
  }

  private static void forget(CountingRelease release) {
    new ArrowSchema().release(release);
  }

  @Test
  void aNewBufferIsReadyForAppending() {
    try (ArrowBuffer buffer = new ArrowBuffer()) {
      byte[] bytes = {1, 2, 3};
      assertEquals(0, Nanoarrow.ArrowBufferAppend(buffer, new BytePointer(bytes), 3));
      assertEquals(3, buffer.size_bytes());
      assertEquals(2, buffer.data().get(1));
    }
  }

  @Test
  void aNegativeCountIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ArrowSchema(-1));
  }

  private static final class CountingRelease extends ArrowSchema.Release {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public void call(ArrowSchema schema) {
      calls.incrementAndGet();
      schema.release((ArrowSchema.Release) null);
    }
  }
}
