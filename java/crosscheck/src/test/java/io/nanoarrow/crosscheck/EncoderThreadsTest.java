package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchEncoder;
import io.nanoarrow.EncodedBatch;
import io.nanoarrow.Table;
import io.nanoarrow.options.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that was forgotten is closed by the cleaner's thread while others are encoded. */
class EncoderThreadsTest {
  private static final int MESSAGES = 50_000;

  private static byte[] bytes(EncodedBatch message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteBuffer part : message.buffers()) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void messagesAreClosedByAnotherThread(String engine)
      throws IOException, InterruptedException, ExecutionException {
    Queue<EncodedBatch> open = new ConcurrentLinkedQueue<>();
    AtomicBoolean isDone = new AtomicBoolean();
    ExecutorService closing = Executors.newSingleThreadExecutor();
    WriteOptions options = WriteOptions.builder().engine(engine).build();
    try (Table table = Samples.read(Samples.named("weather.arrows"));
        BatchEncoder encoder = ArrowIpc.newEncoder(table.schema(), options)) {
      byte[] wanted;
      try (EncodedBatch schema = encoder.encodeSchema()) {
        wanted = bytes(schema);
      }
      Future<?> closed =
          closing.submit(
              () -> {
                while (!isDone.get() || !open.isEmpty()) {
                  EncodedBatch message = open.poll();
                  if (message != null) {
                    message.close();
                  }
                }
              });
      try {
        for (int i = 0; i < MESSAGES; i++) {
          EncodedBatch message = encoder.encodeSchema();
          open.add(message);
        }
        try (EncodedBatch last = encoder.encodeSchema()) {
          assertArrayEquals(wanted, bytes(last));
        }
      } finally {
        isDone.set(true);
      }
      closed.get();
    } finally {
      closing.shutdown();
    }
  }
}
