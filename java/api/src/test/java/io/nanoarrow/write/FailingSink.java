package io.nanoarrow.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes so many bytes and then fails, or never. */
final class FailingSink implements Sink {
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long capacity;
  boolean failsAtTheEnd;
  int completed;
  int abandoned;

  FailingSink(long capacity) {
    this.capacity = capacity;
  }

  @Override
  public void write(List<ByteBuffer> parts) throws IOException {
    for (ByteBuffer part : parts) {
      while (part.hasRemaining()) {
        if (bytes.size() == capacity) {
          throw new IOException("no room for byte " + capacity);
        }
        bytes.write(part.get());
      }
    }
  }

  @Override
  public void complete() throws IOException {
    completed++;
    if (failsAtTheEnd) {
      throw new IOException("not at the end");
    }
  }

  @Override
  public void abandon() {
    abandoned++;
  }
}
