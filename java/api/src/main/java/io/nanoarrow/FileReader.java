package io.nanoarrow;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file format: batches in any order by {@link #batch}, which several threads may call at
 * once, or one after the other by {@link #next}, which has a position of its own and is for one
 * thread. Everything else may be called by any thread; {@link #close} waits for batches being read.
 * A batch that cannot be read leaves the others readable, and {@link #next} at its place.
 */
public final class FileReader implements BatchReader {
  private final EngineFile file;
  private final Handle handle;

  /** Read: uses the file. Write: takes it away. */
  private final ReadWriteLock uses = new ReentrantReadWriteLock();

  private int position;

  FileReader(EngineFile takeFile) {
    this.file = takeFile;
    this.handle = new Handle("FileReader", takeFile::close);
  }

  @Override
  public Schema schema() {
    return file.schema();
  }

  /** Returns the number of record batches. */
  public int batchCount() {
    return file.batchCount();
  }

  /** Returns the key-values of the footer. */
  public Metadata metadata() {
    return file.metadata();
  }

  /**
   * Returns a batch, which the caller closes.
   *
   * @param index 0 to {@link #batchCount} - 1
   * @throws IndexOutOfBoundsException when there is no such batch
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   */
  public RecordBatch batch(int index) throws IOException {
    Lock use = uses.readLock();
    use.lock();
    try {
      handle.ensureOpen();
      Objects.checkIndex(index, file.batchCount());
      return new RecordBatch(schema(), file.batch(index));
    } finally {
      use.unlock();
    }
  }

  /**
   * Reads all batches in their order, some of them ahead: worthwhile where reading or decompressing
   * takes longer than what is done with a batch.
   *
   * @param executor reads; the caller's
   * @param ahead how many batches are read, or have been and are not taken, 1 or more
   * @return the batches, which the caller closes before this reader
   */
  public PrefetchedBatches prefetch(Executor executor, int ahead) {
    handle.ensureOpen();
    return new PrefetchedBatches(this, executor, ahead);
  }

  /** Returns the rows of all batches, from their metadata alone. */
  public long rowCount() throws IOException {
    Lock use = uses.readLock();
    use.lock();
    try {
      handle.ensureOpen();
      long rows = 0;
      for (int i = 0; i < file.batchCount(); i++) {
        rows = Math.addExact(rows, file.batchRowCount(i));
      }
      return rows;
    } finally {
      use.unlock();
    }
  }

  @Override
  public @Nullable RecordBatch next() throws IOException {
    handle.ensureOpen();
    if (position == file.batchCount()) {
      return null;
    }
    RecordBatch batch = batch(position);
    position++;
    return batch;
  }

  @Override
  public Iterator<RecordBatch> iterator() {
    return new BatchIterator(
        this,
        () -> {
          handle.ensureOpen();
          return position < file.batchCount();
        });
  }

  @Override
  public ReadStats stats() {
    return file.stats();
  }

  @Override
  public void exportStream(long address) {
    Lock taking = uses.writeLock();
    taking.lock();
    try {
      handle.ensureOpen();
      CDataBridges.get().exportStream(new Rest(file, position), address);
      handle.close();
    } finally {
      taking.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    Lock taking = uses.writeLock();
    taking.lock();
    try {
      if (handle.close()) {
        file.close();
      }
    } finally {
      taking.unlock();
    }
  }

  /** The batches from a position on, as a stream. */
  private static final class Rest implements EngineStream {
    private final EngineFile file;
    private int next;

    Rest(EngineFile file, int next) {
      this.file = file;
      this.next = next;
    }

    @Override
    public Schema schema() {
      return file.schema();
    }

    @Override
    public @Nullable BatchData next() throws IOException {
      return next < file.batchCount() ? file.batch(next++) : null;
    }

    @Override
    public ReadStats stats() {
      return file.stats();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
