package io.nanoarrow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The batches of a reader, which alone knows whether one was read ahead. */
final class BatchIterator implements Iterator<RecordBatch> {
  /** Tells whether the reader has another batch. */
  interface Peek {
    boolean hasNext() throws IOException;
  }

  private final BatchReader reader;
  private final Peek peek;

  BatchIterator(BatchReader reader, Peek peek) {
    this.reader = reader;
    this.peek = peek;
  }

  @Override
  public boolean hasNext() {
    try {
      return peek.hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public RecordBatch next() {
    try {
      RecordBatch batch = reader.next();
      if (batch == null) {
        throw new NoSuchElementException();
      }
      return batch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
