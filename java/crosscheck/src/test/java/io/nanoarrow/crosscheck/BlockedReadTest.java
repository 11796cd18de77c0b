package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.StreamReader;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A read that waits for input ends with an error when somebody stops it, and leaves nothing. */
class BlockedReadTest {
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
    assertEquals(0, MemoryStats.openHandles());
  }

  enum Stop {
    CLOSE_THE_READER,
    INTERRUPT,
    CLOSE_THE_INPUT
  }

  @ParameterizedTest
  @CsvSource({
    "native,CLOSE_THE_READER",
    "native,INTERRUPT",
    "native,CLOSE_THE_INPUT",
    "pure,CLOSE_THE_READER",
    "pure,INTERRUPT",
    "pure,CLOSE_THE_INPUT"
  })
  void aWaitingReadIsStopped(String engine, Stop stop) throws Exception {
    byte[] whole =
        Files.readAllBytes(LargeInput.write(folder.resolve("s"), false, 2, 1000, "a", "d1"));
    // The input stops inside the prefix, the metadata and the body of a message.
    for (int missing : new int[] {whole.length - 700, 16_000 + 12, 8_000}) {
      Pipe pipe = Pipe.open();
      ByteBuffer sent = ByteBuffer.wrap(whole, 0, whole.length - missing);
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (sent.hasRemaining()) {
                    pipe.sink().write(sent);
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      boolean isOurs = stop != Stop.CLOSE_THE_INPUT;
      StreamReader reader =
          ArrowIpc.openStream(
              new Input.ChannelInput(pipe.source(), isOurs),
              ReadOptions.builder().engine(engine).build());
      CompletableFuture<Void> ended = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    reader.next().close();
                  }
                } catch (Throwable t) {
                  ended.completeExceptionally(t);
                }
              });
      thread.start();
      sender.get(30, TimeUnit.SECONDS);
      while (thread.getState() == Thread.State.NEW || sent.hasRemaining()) {
        Thread.onSpinWait();
      }
      Thread.sleep(20); // Most likely it waits by now; if not, what follows must hold too.
      switch (stop) {
        case CLOSE_THE_READER -> reader.close();
        case INTERRUPT -> thread.interrupt();
        case CLOSE_THE_INPUT -> pipe.source().close();
      }
      Throwable cause =
          assertThrows(ExecutionException.class, () -> ended.get(30, TimeUnit.SECONDS)).getCause();
      boolean isClosed = stop == Stop.CLOSE_THE_READER && cause instanceof IllegalStateException;
      assertTrue(cause instanceof IOException || isClosed, () -> "" + cause);
      thread.join();
      if (stop != Stop.CLOSE_THE_READER) {
        assertThrows(IOException.class, reader::next); // It stays failed.
        reader.close();
      }
      pipe.sink().close();
      pipe.source().close();
    }
  }
}
