package io.nanoarrow.options;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How to read; immutable. Defaults are permissive and safe on any input. */
public final class ReadOptions {
  /** The default options. */
  public static final ReadOptions DEFAULT = builder().build();

  private final @Nullable String engine;
  private final boolean memoryMap;
  private final long maxMetadataBytes;
  private final long maxBodyBytes;
  private final long maxDecompressedBytes;
  private final long maxDecompressedBytesTotal;
  private final long maxDecompressionRatio;
  private final boolean ensureNativeByteOrder;
  private final long footerOffset;
  private final boolean useThreads;
  private final int maxDepth;
  private final int maxFields;
  private final @Nullable List<String> columns;
  private final @Nullable List<Integer> columnIndices;
  private final ValidationLevel validation;
  private final boolean skipExportValidation;

  private ReadOptions(Builder builder) {
    engine = builder.engine;
    memoryMap = builder.memoryMap;
    maxMetadataBytes = builder.maxMetadataBytes;
    maxBodyBytes = builder.maxBodyBytes;
    maxDecompressedBytes = builder.maxDecompressedBytes;
    maxDecompressedBytesTotal = builder.maxDecompressedBytesTotal;
    maxDecompressionRatio = builder.maxDecompressionRatio;
    ensureNativeByteOrder = builder.ensureNativeByteOrder;
    footerOffset = builder.footerOffset;
    useThreads = builder.useThreads;
    maxDepth = builder.maxDepth;
    maxFields = builder.maxFields;
    columns = builder.columns;
    columnIndices = builder.columnIndices;
    validation = builder.validation;
    skipExportValidation = builder.skipExportValidation;
  }

  /**
   * Returns options for input from strangers: full validation and tight budgets (16 MiB of
   * metadata, bodies of 1 GiB also when decompressed, 16 GiB decompressed in all, 1,000 times the
   * compressed size, depth 64, 100,000 fields).
   */
  public static ReadOptions hardened() {
    return builder()
        .maxMetadataBytes(16L << 20)
        .maxBodyBytes(1L << 30)
        .maxDecompressedBytes(1L << 30)
        .maxDecompressedBytesTotal(16L << 30)
        .maxDecompressionRatio(1000)
        .maxDepth(64)
        .maxFields(100_000)
        .validation(ValidationLevel.FULL)
        .build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these options. */
  public Builder toBuilder() {
    Builder builder =
        new Builder()
            .engine(engine)
            .memoryMap(memoryMap)
            .maxMetadataBytes(maxMetadataBytes)
            .maxBodyBytes(maxBodyBytes)
            .maxDecompressedBytes(maxDecompressedBytes)
            .maxDecompressedBytesTotal(maxDecompressedBytesTotal)
            .maxDecompressionRatio(maxDecompressionRatio)
            .ensureNativeByteOrder(ensureNativeByteOrder)
            .useThreads(useThreads)
            .maxDepth(maxDepth)
            .maxFields(maxFields)
            .validation(validation)
            .skipExportValidation(skipExportValidation);
    builder.footerOffset = footerOffset;
    builder.columns = columns;
    builder.columnIndices = columnIndices;
    return builder;
  }

  /** Returns the engine asked for by id, or null for the default with its fallback. */
  public @Nullable String engine() {
    return engine;
  }

  /** Tells whether files are mapped into memory (true) or read block by block. */
  public boolean memoryMap() {
    return memoryMap;
  }

  /** Returns the largest metadata of one message or footer. */
  public long maxMetadataBytes() {
    return maxMetadataBytes;
  }

  /** Returns the largest body of one message. */
  public long maxBodyBytes() {
    return maxBodyBytes;
  }

  /** Returns the most bytes that the buffers of one message may be decompressed to. */
  public long maxDecompressedBytes() {
    return maxDecompressedBytes;
  }

  /** Returns the most bytes that all messages of one reader may be decompressed to, together. */
  public long maxDecompressedBytesTotal() {
    return maxDecompressedBytesTotal;
  }

  /** Returns how many times their size the compressed buffers of one message may become. */
  public long maxDecompressionRatio() {
    return maxDecompressionRatio;
  }

  /** Tells whether big-endian numbers are put into native order. */
  public boolean ensureNativeByteOrder() {
    return ensureNativeByteOrder;
  }

  /** Returns where in the input the file ends, or -1: where the input ends. */
  public long footerOffset() {
    return footerOffset;
  }

  /** Tells whether large compressed bodies are decompressed by several threads. */
  public boolean useThreads() {
    return useThreads;
  }

  /** Returns the deepest nesting of fields. */
  public int maxDepth() {
    return maxDepth;
  }

  /** Returns the most fields of one schema, all levels counted. */
  public int maxFields() {
    return maxFields;
  }

  /** Returns how much of each batch is checked as it is read. */
  public ValidationLevel validation() {
    return validation;
  }

  /** Tells whether batches go to C consumers without a look at what these will trust. */
  public boolean skipExportValidation() {
    return skipExportValidation;
  }

  /** Returns the paths of the columns to read, or null where none are named. */
  public @Nullable List<String> columns() {
    return columns;
  }

  /** Returns the indices of the columns to read, or null where none are given. */
  public @Nullable List<Integer> columnIndices() {
    return columnIndices;
  }

  /** Collects options; not for several threads. */
  public static final class Builder {
    private @Nullable String engine;
    private boolean memoryMap = true;
    private long maxMetadataBytes = Integer.MAX_VALUE;
    private long maxBodyBytes = Long.MAX_VALUE;
    private long maxDecompressedBytes = Long.MAX_VALUE;
    private long maxDecompressedBytesTotal = Long.MAX_VALUE;
    private long maxDecompressionRatio = Long.MAX_VALUE;
    private boolean ensureNativeByteOrder = true;
    private long footerOffset = -1;
    private boolean useThreads = true;
    private int maxDepth = 128;
    private int maxFields = 1_000_000;
    private @Nullable List<String> columns;
    private @Nullable List<Integer> columnIndices;
    private ValidationLevel validation = ValidationLevel.DEFAULT;
    private boolean skipExportValidation;

    private Builder() {}

    /** Names the engine ("native", "pure"); it is then never replaced by another. */
    public Builder engine(@Nullable String id) {
      engine = id;
      return this;
    }

    /**
     * Maps files (the default) or reads them. A mapped file that another process truncates while it
     * is read can kill the JVM; with false that is an error like any other.
     */
    public Builder memoryMap(boolean map) {
      memoryMap = map;
      return this;
    }

    /** Limits the metadata of one message or footer. */
    public Builder maxMetadataBytes(long bytes) {
      maxMetadataBytes = positive(bytes);
      return this;
    }

    /** Limits the body of one message. */
    public Builder maxBodyBytes(long bytes) {
      maxBodyBytes = positive(bytes);
      return this;
    }

    /**
     * Limits what the compressed buffers of one message may become, all together. Without, the
     * codecs' best ratios are the limit: a body of 1 MB may claim 255 MB (LZ4) or 32 GB (ZSTD).
     */
    public Builder maxDecompressedBytes(long bytes) {
      maxDecompressedBytes = positive(bytes);
      return this;
    }

    /**
     * Limits what the compressed buffers of all messages that one reader reads may become, all
     * together. A batch read again counts again.
     */
    public Builder maxDecompressedBytesTotal(long bytes) {
      maxDecompressedBytesTotal = positive(bytes);
      return this;
    }

    /**
     * Limits how many times their size the compressed buffers of one message may become, all
     * together. Where they become no more than 1 MiB any ratio is fine: few bytes of zeros are
     * nothing to fear.
     */
    public Builder maxDecompressionRatio(long ratio) {
      maxDecompressionRatio = positive(ratio);
      return this;
    }

    /**
     * Puts the numbers of big-endian input into native order (the default), or leaves every buffer
     * as it lies in the input. With false and big-endian input {@link
     * io.nanoarrow.schema.Schema#byteOrder} says so, every column is a {@link
     * io.nanoarrow.column.RawColumn}, whose values are not to be had, and batches can neither be
     * exported nor written; deltas of dictionaries are refused as UNSUPPORTED, and full validation
     * makes opening fail with IllegalArgumentException. For who only counts, or looks at bytes.
     */
    public Builder ensureNativeByteOrder(boolean ensure) {
      ensureNativeByteOrder = ensure;
      return this;
    }

    /**
     * Reads a file that is embedded in a larger one: says where, in the input, its footer ends (the
     * byte behind the closing "ARROW1"), for any input with random access. What follows is not
     * looked at. Blocks are looked for where the footer says, counted from the start of the input,
     * as writers have it that append a file to what they wrote before; the opening "ARROW1" is not
     * asked for. {@link io.nanoarrow.ArrowIpc#open} then takes the input for a file. An offset
     * beyond the input makes opening fail with IllegalArgumentException.
     */
    public Builder footerOffset(long endOfFooter) {
      footerOffset = positive(endOfFooter);
      return this;
    }

    /**
     * Lets several threads decompress a large body (the default) or only the one that reads. An
     * engine may have no use for it.
     */
    public Builder useThreads(boolean threads) {
      useThreads = threads;
      return this;
    }

    /** Limits the nesting of fields; more than 128 is cut to 128. */
    public Builder maxDepth(int depth) {
      maxDepth = (int) Math.min(128, positive(depth));
      return this;
    }

    /** Limits the fields of one schema. */
    public Builder maxFields(int fields) {
      maxFields = (int) positive(fields);
      return this;
    }

    /** Says how much of each batch is checked as it is read. */
    public Builder validation(ValidationLevel level) {
      validation = Objects.requireNonNull(level);
      return this;
    }

    /**
     * Leaves out the check of a batch before its first export over the C Data Interface. Consumers
     * in C follow offsets, views and indices without a look: with hostile or broken input they read
     * or write wherever it says. Only for input that you would also trust as code.
     */
    public Builder skipExportValidation(boolean skip) {
      skipExportValidation = skip;
      return this;
    }

    /**
     * Reads only these columns, in the order of the input; the reader's schema has no others. The
     * rest is neither decoded nor decompressed, nor are dictionaries that only the rest refers to;
     * of files that are not mapped it is not read, of blocking streams not kept. A path is a
     * column's name or leads through structs and lists ({@code a.b}, {@code a.item.b}) to the only
     * children to keep; a backslash before a dot makes it part of a name. Of several fields of one
     * name the first is read. A path that leads nowhere makes opening fail with
     * IllegalArgumentException. Given together with {@link #columnIndices}, both are read.
     */
    public Builder columns(String... nestedPaths) {
      columns = List.of(nestedPaths);
      return this;
    }

    /** Reads only the columns at these indices, as {@link #columns} does. */
    public Builder columnIndices(int... indices) {
      columnIndices = Arrays.stream(indices).boxed().toList();
      return this;
    }

    /** Returns the options. */
    public ReadOptions build() {
      return new ReadOptions(this);
    }

    private static long positive(long limit) {
      if (limit <= 0) {
        throw new IllegalArgumentException("a limit must be positive: " + limit);
      }
      return limit;
    }
  }
}
