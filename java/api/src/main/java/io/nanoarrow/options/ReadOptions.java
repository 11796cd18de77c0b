package io.nanoarrow.options;

import org.jspecify.annotations.Nullable;

/** How to read; immutable. Defaults are permissive and safe on any input. */
public final class ReadOptions {
  /** The default options. */
  public static final ReadOptions DEFAULT = builder().build();

  private final @Nullable String engine;
  private final boolean memoryMap;
  private final long maxMetadataBytes;
  private final long maxBodyBytes;
  private final int maxDepth;
  private final int maxFields;

  private ReadOptions(Builder builder) {
    engine = builder.engine;
    memoryMap = builder.memoryMap;
    maxMetadataBytes = builder.maxMetadataBytes;
    maxBodyBytes = builder.maxBodyBytes;
    maxDepth = builder.maxDepth;
    maxFields = builder.maxFields;
  }

  /** Returns tight budgets for input from strangers: 16 MiB of metadata, 1 GiB bodies, depth 64. */
  public static ReadOptions hardened() {
    return builder()
        .maxMetadataBytes(16L << 20)
        .maxBodyBytes(1L << 30)
        .maxDepth(64)
        .maxFields(100_000)
        .build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these options. */
  public Builder toBuilder() {
    return new Builder()
        .engine(engine)
        .memoryMap(memoryMap)
        .maxMetadataBytes(maxMetadataBytes)
        .maxBodyBytes(maxBodyBytes)
        .maxDepth(maxDepth)
        .maxFields(maxFields);
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

  /** Returns the deepest nesting of fields. */
  public int maxDepth() {
    return maxDepth;
  }

  /** Returns the most fields of one schema, all levels counted. */
  public int maxFields() {
    return maxFields;
  }

  /** Collects options; not for several threads. */
  public static final class Builder {
    private @Nullable String engine;
    private boolean memoryMap = true;
    private long maxMetadataBytes = Integer.MAX_VALUE;
    private long maxBodyBytes = Long.MAX_VALUE;
    private int maxDepth = 128;
    private int maxFields = 1_000_000;

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
