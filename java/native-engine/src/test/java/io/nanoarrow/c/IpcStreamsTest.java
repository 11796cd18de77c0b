package io.nanoarrow.c;

import static io.nanoarrow.c.IpcTestData.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.junit.jupiter.api.Test;

class IpcStreamsTest {
  /** Reads to the end through the array stream reader; the number of rows. */
  private static long readAll(JavaInput input) throws IOException {
    try (ArrowArrayStream reader = new ArrowArrayStream();
        ArrowError error = new ArrowError()) {
      input.check(Nanoarrow.ArrowIpcArrayStreamReaderInit(reader, input.stream(), null), null);
      long rows = 0;
      while (true) {
        try (ArrowArray array = new ArrowArray()) {
          input.check(Nanoarrow.ArrowArrayStreamGetNext(reader, array, error), error);
          if (array.isReleased()) {
            return rows;
          }
          rows += array.length();
        }
      }
    }
  }

  /** Gives at most {@code limit} bytes at once. */
  private static InputStream dripping(byte[] bytes, int limit) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(limit, length));
      }
    };
  }

  private static void assertNothingLive(int before) throws InterruptedException {
    for (int i = 0; i < 100 && JavaInput.liveCount() > before; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertEquals(before, JavaInput.liveCount());
  }

  @Test
  void shortReadsAreFilled() throws Exception {
    byte[] bytes = IpcTestData.streamBytes(3, 100);
    for (int limit : new int[] {1, 7, 1 << 20}) {
      try (JavaInput input = IpcStreams.input(dripping(bytes, limit))) {
        assertEquals(300, readAll(input));
        assertTrue(input.stream().isReleased());
      }
      try (JavaInput input = IpcStreams.input(Channels.newChannel(dripping(bytes, limit)))) {
        assertEquals(300, readAll(input));
      }
    }
  }

  @Test
  void anErrorThrownInsideIsTheCauseOfTheException() {
    byte[] bytes = IpcTestData.streamBytes(3, 100);
    for (Throwable thrown :
        new Throwable[] {
          new StackOverflowError("deep"), new IOException("wire"), new IllegalStateException("x")
        }) {
      InputStream failing =
          new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int reads;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
              if (reads++ == 4) {
                IpcStreamsTest.<RuntimeException>raise(thrown);
              }
              return super.read(target, offset, length);
            }
          };
      try (JavaInput input = IpcStreams.input(failing)) {
        IpcException e = assertThrows(IpcException.class, () -> readAll(input));
        assertSame(thrown, e.getCause());
        assertSame(thrown, input.failure());
        assertEquals(Errno.EIO, e.code());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void raise(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void aTruncatedStreamIsAnErrorWithoutACause() {
    byte[] bytes = IpcTestData.streamBytes(1, 100);
    try (JavaInput input = IpcStreams.input(new ByteArrayInputStream(bytes, 0, 400))) {
      IpcException e = assertThrows(IpcException.class, () -> readAll(input));
      assertNull(e.getCause());
      assertNull(input.failure());
    }
  }

  /** The place of Message.bodyLength: the only 8 bytes that hold the body's size in the header. */
  private static byte[] withBodyLength(long bodyLength) {
    byte[] bytes = IpcTestData.streamBytes(1, 100);
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int batch = 8 + view.getInt(4);
    long actual = bytes.length - 8 - batch - 8 - view.getInt(batch + 4);
    List<Integer> places = new ArrayList<>();
    for (int at = batch; at < batch + view.getInt(batch + 4); at += 4) {
      if (view.getLong(at) == actual) {
        places.add(at);
      }
    }
    assertTrue(!places.isEmpty(), "no bodyLength of " + actual);
    view.putLong(places.get(0), bodyLength);
    return bytes;
  }

  @Test
  void aNegativeRequestNeverReachesTheJavaStream() {
    AtomicInteger bytesAsked = new AtomicInteger();
    byte[] bytes = withBodyLength(-16);
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            assertTrue(length > 0);
            bytesAsked.addAndGet(length);
            return super.read(target, offset, length);
          }
        };
    try (JavaInput input = IpcStreams.input(in)) {
      IpcException e = assertThrows(IpcException.class, () -> readAll(input));
      assertInstanceOf(IOException.class, e.getCause());
      assertTrue(e.getCause().getMessage().contains("-16"), e.getCause().getMessage());
      assertTrue(bytesAsked.get() < bytes.length, "the body was not asked for");
    }
  }

  @Test
  void aRequestAboveTheLimitNeverReachesTheJavaStream() {
    byte[] bytes = withBodyLength(1 << 20);
    try (JavaInput input = IpcStreams.input(new ByteArrayInputStream(bytes), 4096)) {
      IpcException e = assertThrows(IpcException.class, () -> readAll(input));
      assertTrue(e.getCause().getMessage().contains("limit is 4096"), e.getCause().getMessage());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> IpcStreams.input(InputStream.nullInputStream(), -1).close());
  }

  @Test
  void aRequestWithoutMemoryIsRefused() {
    try (JavaInput input = IpcStreams.input(new ByteArrayInputStream(new byte[10]));
        LongPointer filled = new LongPointer(1).put(77);
        ArrowError error = new ArrowError()) {
      IpcInputStream.Read read = input.stream().read();
      assertEquals(Errno.EIO, read.call(input.stream(), (BytePointer) null, 5, filled, error));
      assertEquals(0, filled.get());
      assertTrue(Nanoarrow.ArrowErrorMessage(error).getString().contains("without memory"));
    }
  }

  @Test
  void anInputThatNeverGivesBytesIsAnErrorInsteadOfALoop() {
    InputStream idle =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return 0;
          }
        };
    try (JavaInput input = IpcStreams.input(idle)) {
      assertThrows(IpcException.class, () -> readAll(input));
      assertTrue(input.failure().getMessage().contains("no bytes"));
    }
  }

  @Test
  void anInputThatClaimsMoreThanItWasAskedForIsAnError() {
    InputStream lying =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return length + 1;
          }
        };
    try (JavaInput input = IpcStreams.input(lying)) {
      assertThrows(IpcException.class, () -> readAll(input));
      assertTrue(input.failure().getMessage().contains("claims"));
    }
  }

  @Test
  void aThousandStreamsAreReadAtOnce() throws Exception {
    int before = JavaInput.liveCount();
    byte[] bytes = IpcTestData.streamBytes(5, 10);
    List<JavaInput> inputs = new ArrayList<>();
    List<ArrowArrayStream> readers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      JavaInput input = IpcStreams.input(dripping(bytes, 64));
      ArrowArrayStream reader = new ArrowArrayStream();
      ok(Nanoarrow.ArrowIpcArrayStreamReaderInit(reader, input.stream(), null));
      inputs.add(input);
      readers.add(reader);
    }
    assertTrue(JavaInput.liveCount() >= before + 1000);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int batch = 0; batch < 5; batch++) {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (ArrowArrayStream reader : readers) {
          tasks.add(() -> nextLength(reader));
        }
        for (Future<Long> length : threads.invokeAll(tasks)) {
          assertEquals(10, length.get());
        }
      }
    } finally {
      threads.shutdown();
    }
    readers.forEach(ArrowArrayStream::close);
    assertTrue(inputs.stream().allMatch(input -> input.failure() == null));
    inputs.forEach(JavaInput::close);
    assertNothingLive(before);
  }

  private static long nextLength(ArrowArrayStream reader) {
    try (ArrowArray array = new ArrowArray();
        ArrowError error = new ArrowError()) {
      ok(Nanoarrow.ArrowArrayStreamGetNext(reader, array, error), error);
      return array.length();
    }
  }

  @Test
  void garbageCollectionDuringAReadDoesNoHarm() throws Exception {
    byte[] bytes = IpcTestData.streamBytes(20, 10);
    InputStream collecting =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            System.gc();
            return super.read(target, offset, Math.min(length, 100));
          }
        };
    try (ArrowArrayStream reader = new ArrowArrayStream()) {
      initAndForget(reader, collecting);
      for (int batch = 0; batch < 20; batch++) {
        assertEquals(10, nextLength(reader));
      }
    }
  }

  private static void initAndForget(ArrowArrayStream reader, InputStream in) {
    ok(Nanoarrow.ArrowIpcArrayStreamReaderInit(reader, IpcStreams.input(in).stream(), null));
  }

  @Test
  void aForgottenInputIsReleased() throws Exception {
    int before = JavaInput.liveCount();
    for (int i = 0; i < 50; i++) {
      IpcStreams.input(InputStream.nullInputStream());
    }
    assertNothingLive(before);
  }

  @Test
  void closingAnInputTwiceOrAfterItsReaderIsHarmless() {
    JavaInput input = IpcStreams.input(InputStream.nullInputStream());
    ArrowArrayStream reader = new ArrowArrayStream();
    ok(Nanoarrow.ArrowIpcArrayStreamReaderInit(reader, input.stream(), null));
    reader.close();
    input.close();
    input.close();
  }

  @Test
  void aWriterWritesToAnOutputStreamAndToAChannel() throws Exception {
    byte[] expected = IpcTestData.streamBytes(3, 50);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(IpcStreams.output(bytes));
    assertArrayEquals(expected, bytes.toByteArray());
    bytes.reset();
    write(IpcStreams.output(Channels.newChannel(bytes)));
    assertArrayEquals(expected, bytes.toByteArray());
  }

  private static void write(JavaOutput target) throws IOException {
    try (JavaOutput output = target;
        IpcWriter writer = new IpcWriter();
        ArrowArrayStream batches = new ArrowArrayStream();
        ArrowError error = new ArrowError()) {
      IpcTestData.initStream(batches, 3, 50);
      output.check(Nanoarrow.ArrowIpcWriterInit(writer, output.stream()), null);
      output.check(Nanoarrow.ArrowIpcWriterWriteArrayStream(writer, batches, error), error);
    }
  }

  @Test
  void anErrorThrownByAnOutputIsTheCause() {
    int before = JavaOutput.liveCount();
    IOException full = new IOException("disk full");
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }
        };
    IpcException e = assertThrows(IpcException.class, () -> write(IpcStreams.output(failing)));
    assertSame(full, e.getCause());
    assertEquals(before, JavaOutput.liveCount());
  }

  @Test
  void aNonBlockingChannelIsRefused() throws Exception {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      source.configureBlocking(false);
      sink.configureBlocking(false);
      assertThrows(IllegalBlockingModeException.class, () -> IpcStreams.input(source));
      assertThrows(IllegalBlockingModeException.class, () -> IpcStreams.output(sink));
    }
  }
}
