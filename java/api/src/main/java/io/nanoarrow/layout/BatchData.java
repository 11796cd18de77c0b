package io.nanoarrow.layout;

import io.nanoarrow.schema.Metadata;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The counted content of a record batch, shared by its handles. Engines extend it. Made with one
 * use, the maker's. Immutable; any thread may read, retain and release.
 */
public abstract class BatchData {
  private final long rowCount;
  private volatile boolean isCheckedForExport;
  private final AtomicInteger uses = new AtomicInteger(1);

  /**
   * Content of {@code rowCount} rows.
   *
   * @param rowCount 0 or more
   */
  protected BatchData(long rowCount) {
    this.rowCount = rowCount;
  }

  /**
   * Returns content whose memory the garbage collector owns, or that stays for another reason.
   *
   * @param rowCount rows of every column
   * @param columns the arrays
   * @param metadata key-values of the batch
   * @throws IllegalArgumentException when a column has another number of rows
   */
  public static BatchData of(long rowCount, List<ColumnData> columns, Metadata metadata) {
    return new Unowned(rowCount, columns, metadata);
  }

  /** Returns the number of rows; a batch without columns may have some. */
  public final long rowCount() {
    return rowCount;
  }

  /** Returns the key-values of the batch's message. */
  public abstract Metadata metadata();

  /**
   * Returns the array of a column; made on first use, cheap afterwards.
   *
   * @param index a column of the schema; checked by the caller
   */
  public abstract ColumnData column(int index);

  /**
   * Tells whether all that consumers in C trust has been checked, or the user said to skip that.
   */
  public final boolean isCheckedForExport() {
    return isCheckedForExport;
  }

  /** Keeps in mind that {@link #isCheckedForExport}; called by whoever checked the whole batch. */
  public final void markCheckedForExport() {
    isCheckedForExport = true;
  }

  /**
   * Adds a use.
   *
   * @throws IllegalStateException after the last release
   */
  public final void retain() {
    int before = uses.getAndUpdate(n -> n == 0 ? 0 : n + 1);
    if (before == 0) {
      throw new IllegalStateException("the batch has been released");
    }
  }

  /** Gives a use back; the last one frees the content. */
  public final void release() {
    int left = uses.decrementAndGet();
    if (left == 0) {
      free();
    } else if (left < 0) {
      throw new IllegalStateException("the batch was released more often than retained");
    }
  }

  /** Gives memory back; called once, by the thread of the last release. */
  protected abstract void free();

  private static final class Unowned extends BatchData {
    private final List<ColumnData> columns;
    private final Metadata metadata;

    Unowned(long rowCount, List<ColumnData> columns, Metadata metadata) {
      super(rowCount);
      this.columns = List.copyOf(columns);
      this.metadata = metadata;
      for (ColumnData column : this.columns) {
        if (column.length() != rowCount) {
          throw new IllegalArgumentException(
              "column "
                  + column.field().name()
                  + " has "
                  + column.length()
                  + " rows, not "
                  + rowCount);
        }
      }
    }

    @Override
    public Metadata metadata() {
      return metadata;
    }

    @Override
    public ColumnData column(int index) {
      return columns.get(index);
    }

    @Override
    protected void free() {}
  }
}
