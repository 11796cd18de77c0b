package io.nanoarrow;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file format: batches in any order by {@link #batch}, which several threads may call at
 * once, or one after the other by {@link #next}, which has a position of its own.
 */
public final class FileReader implements BatchReader {
  private final EngineFile file;
  private final Lease lease = new Lease("FileReader");
  private int position;

  FileReader(EngineFile file) {
    this.file = file;
    MemoryStats.countHandle(1);
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
    lease.ensureOpen();
    Objects.checkIndex(index, file.batchCount());
    return new RecordBatch(schema(), file.batch(index));
  }

  /** Returns the rows of all batches, from their metadata alone. */
  public long rowCount() throws IOException {
    lease.ensureOpen();
    long rows = 0;
    for (int i = 0; i < file.batchCount(); i++) {
      rows = Math.addExact(rows, file.batchRowCount(i));
    }
    return rows;
  }

  @Override
  public @Nullable RecordBatch next() throws IOException {
    lease.ensureOpen();
    if (position == file.batchCount()) {
      return null;
    }
    RecordBatch batch = batch(position);
    position++;
    return batch;
  }

  @Override
  public ReadStats stats() {
    return file.stats();
  }

  @Override
  public void exportStream(long address) {
    lease.ensureOpen();
    CDataBridges.get().exportStream(new Rest(file, position), address);
    if (lease.close()) {
      MemoryStats.countHandle(-1);
    }
  }

  @Override
  public void close() throws IOException {
    if (lease.close()) {
      MemoryStats.countHandle(-1);
      file.close();
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
