package io.nanoarrow.schema;

import java.util.Objects;

/**
 * How a field refers to a dictionary.
 *
 * @param id names the dictionary in the stream or file; fields may share one
 * @param indexType the stored integers
 * @param ordered the order of the values means something
 */
public record DictionaryEncoding(long id, ArrowType.Int indexType, boolean ordered) {
  /** Checks for null. */
  public DictionaryEncoding {
    Objects.requireNonNull(indexType);
  }
}
