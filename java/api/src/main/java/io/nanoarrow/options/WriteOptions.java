package io.nanoarrow.options;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How to write; immutable. Defaults equal pyarrow's where it has them. */
public final class WriteOptions {
  /** The default options. */
  public static final WriteOptions DEFAULT = builder().build();

  private final @Nullable String engine;
  private final MetadataVersion metadataVersion;
  private final boolean legacyFormat;
  private final boolean allow64Bit;
  private final int alignmentBytes;
  private final @Nullable Compression compression;
  private final @Nullable Double minSpaceSavings;
  private final boolean useThreads;
  private final boolean emitDictionaryDeltas;
  private final boolean unifyDictionaries;
  private final long batchRows;
  private final boolean inPlace;
  private final boolean fsync;

  private WriteOptions(Builder builder) {
    engine = builder.engine;
    metadataVersion = builder.metadataVersion;
    legacyFormat = builder.legacyFormat;
    allow64Bit = builder.allow64Bit;
    alignmentBytes = builder.alignmentBytes;
    compression = builder.compression;
    minSpaceSavings = builder.minSpaceSavings;
    useThreads = builder.useThreads;
    emitDictionaryDeltas = builder.emitDictionaryDeltas;
    unifyDictionaries = builder.unifyDictionaries;
    batchRows = builder.batchRows;
    inPlace = builder.inPlace;
    fsync = builder.fsync;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.engine = engine;
    builder.metadataVersion = metadataVersion;
    builder.legacyFormat = legacyFormat;
    builder.allow64Bit = allow64Bit;
    builder.alignmentBytes = alignmentBytes;
    builder.compression = compression;
    builder.minSpaceSavings = minSpaceSavings;
    builder.useThreads = useThreads;
    builder.emitDictionaryDeltas = emitDictionaryDeltas;
    builder.unifyDictionaries = unifyDictionaries;
    builder.batchRows = batchRows;
    builder.inPlace = inPlace;
    builder.fsync = fsync;
    return builder;
  }

  /** Returns the engine asked for by id, or null for the default with its fallback. */
  public @Nullable String engine() {
    return engine;
  }

  /** Returns the version of the metadata. */
  public MetadataVersion metadataVersion() {
    return metadataVersion;
  }

  /** Tells whether messages are framed as before Arrow 0.15. */
  public boolean legacyFormat() {
    return legacyFormat;
  }

  /** Tells whether batches of more than 2^31-1 rows are written. */
  public boolean allow64Bit() {
    return allow64Bit;
  }

  /** Returns what buffers, bodies and their sizes are a multiple of: 8, 16, 32 or 64. */
  public int alignmentBytes() {
    return alignmentBytes;
  }

  /** Returns the compression of bodies, or null for none. */
  public @Nullable Compression compression() {
    return compression;
  }

  /** Returns the share of a buffer that compression must save, or null: any saving will do. */
  public @Nullable Double minSpaceSavings() {
    return minSpaceSavings;
  }

  /** Tells whether several threads compress large bodies. */
  public boolean useThreads() {
    return useThreads;
  }

  /** Tells whether dictionaries that only grew are written as deltas. */
  public boolean emitDictionaryDeltas() {
    return emitDictionaryDeltas;
  }

  /** Tells whether the dictionaries of all batches are merged into one. */
  public boolean unifyDictionaries() {
    return unifyDictionaries;
  }

  /** Returns the rows of each batch written, 0 for those of the batches given. */
  public long batchRows() {
    return batchRows;
  }

  /** Tells whether a path is written under its own name from the start. */
  public boolean inPlace() {
    return inPlace;
  }

  /** Tells whether closing waits until the file is on its medium. */
  public boolean fsync() {
    return fsync;
  }

  /** Collects options; not for several threads. */
  public static final class Builder {
    private @Nullable String engine;
    private MetadataVersion metadataVersion = MetadataVersion.V5;
    private boolean legacyFormat;
    private boolean allow64Bit;
    private int alignmentBytes = 64;
    private @Nullable Compression compression;
    private @Nullable Double minSpaceSavings;
    private boolean useThreads = true;
    private boolean emitDictionaryDeltas;
    private boolean unifyDictionaries;
    private long batchRows;
    private boolean inPlace;
    private boolean fsync;

    private Builder() {}

    /** Names the engine ("native", "pure"); it is then never replaced by another. */
    public Builder engine(@Nullable String id) {
      engine = id;
      return this;
    }

    /** Sets the version of the metadata; V5 unless an old reader needs V4. */
    public Builder metadataVersion(MetadataVersion version) {
      metadataVersion = Objects.requireNonNull(version);
      return this;
    }

    /** Frames messages as before Arrow 0.15: without the continuation marker. */
    public Builder legacyFormat(boolean legacy) {
      legacyFormat = legacy;
      return this;
    }

    /** Allows batches of more than 2^31-1 rows, which other implementations may not read. */
    public Builder allow64Bit(boolean allow) {
      allow64Bit = allow;
      return this;
    }

    /**
     * Sets what buffers, bodies and their sizes are a multiple of.
     *
     * @param bytes 8, 16, 32 or 64
     */
    public Builder alignmentBytes(int bytes) {
      if (bytes != 8 && bytes != 16 && bytes != 32 && bytes != 64) {
        throw new IllegalArgumentException("alignment " + bytes + ": 8, 16, 32 or 64");
      }
      alignmentBytes = bytes;
      return this;
    }

    /**
     * Compresses bodies, or not (null). Of metadata V4 Arrow C++ takes compressed bytes for plain
     * ones; readers of this project do not.
     */
    public Builder compression(@Nullable Compression how) {
      compression = how;
      return this;
    }

    /**
     * Stores a buffer uncompressed when compression saves less than this share of it.
     *
     * @param share 0 to 1, or null for no threshold
     */
    public Builder minSpaceSavings(@Nullable Double share) {
      if (share != null && !(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("space savings " + share + ": 0 to 1");
      }
      minSpaceSavings = share;
      return this;
    }

    /** Lets several threads compress large bodies (the default) or only the one that writes. */
    public Builder useThreads(boolean threads) {
      useThreads = threads;
      return this;
    }

    /** Writes a dictionary that begins with the one before as a delta, not as a replacement. */
    public Builder emitDictionaryDeltas(boolean emit) {
      emitDictionaryDeltas = emit;
      return this;
    }

    /**
     * Merges the dictionaries of all batches, so that a file can hold batches whose dictionaries
     * differ: indices are rewritten, values that are new are appended.
     */
    public Builder unifyDictionaries(boolean unify) {
      unifyDictionaries = unify;
      return this;
    }

    /** Splits and merges batches to this many rows each (the last may have fewer); 0 does not. */
    public Builder batchRows(long rows) {
      if (rows < 0) {
        throw new IllegalArgumentException("batches of " + rows + " rows");
      }
      batchRows = rows;
      return this;
    }

    /**
     * Writes a path under its own name from the start; otherwise a temporary file beside it takes
     * the name when it is complete.
     */
    public Builder inPlace(boolean place) {
      inPlace = place;
      return this;
    }

    /** Waits at close until the file, and its name, are on the medium. */
    public Builder fsync(boolean sync) {
      fsync = sync;
      return this;
    }

    /** Returns the options. */
    public WriteOptions build() {
      return new WriteOptions(this);
    }
  }
}
