package io.nanoarrow.spi;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import java.util.concurrent.atomic.AtomicLong;

/** How much one reader may still decompress. Any thread. */
public final class DecompressionBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /** The budget of a new reader. */
  public DecompressionBudget(ReadOptions options) {
    limit = options.maxDecompressedBytesTotal();
  }

  /**
   * Checks that there is room for bytes, before memory is taken for them.
   *
   * @param bytes 0 or more
   * @throws ArrowFormatException of kind LIMIT_EXCEEDED when there is not
   */
  public void require(long bytes) {
    requireWithin(used.get(), bytes);
  }

  /**
   * Takes bytes off the budget.
   *
   * @param bytes 0 or more
   * @throws ArrowFormatException of kind LIMIT_EXCEEDED when there are not so many left
   */
  public void spend(long bytes) {
    if (bytes > 0 && limit != Long.MAX_VALUE) {
      used.getAndUpdate(
          before -> {
            requireWithin(before, bytes);
            return before + bytes;
          });
    }
  }

  private void requireWithin(long before, long bytes) {
    if (bytes > limit - before) {
      throw new ArrowFormatException(
          ErrorKind.LIMIT_EXCEEDED,
          "the input would be decompressed to more than the limit of " + limit + " bytes in all");
    }
  }
}
