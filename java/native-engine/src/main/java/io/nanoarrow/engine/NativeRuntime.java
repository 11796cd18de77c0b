package io.nanoarrow.engine;

import io.nanoarrow.naj.Naj;
import io.nanoarrow.naj.NativeLibrary;
import io.nanoarrow.stats.MemoryStats;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.LongAdder;

/** Loads the library and connects it with Java, once. */
final class NativeRuntime {
  /** Frees what was forgotten: per mapping, block, window and reader, never per batch. */
  static final Cleaner CLEANER = Cleaner.create();

  private static final LongAdder BODY_BYTES = new LongAdder();

  private NativeRuntime() {}

  private static final class Holder {
    static final boolean READY = connect();

    private static boolean connect() {
      if (Naj.naj_bind_error_size() > Scratch.ERROR_BYTES) {
        throw new IllegalStateException("the native library is of another version");
      }
      Naj.naj_bind_set_release_function(ForeignMemory.CALLBACK);
      Naj.naj_bind_set_stream_function(ExportedStreams.CALLBACK);
      MemoryStats.register(new Counters());
      return true;
    }
  }

  /**
   * Loads the library.
   *
   * @throws IllegalStateException when it cannot be loaded, with the reason; the same each time
   */
  static void ensureLoaded() {
    try {
      NativeLibrary.load();
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException("the native engine is not available: " + e.getMessage(), e);
    }
    if (!Holder.READY) {
      throw new AssertionError();
    }
  }

  /** Counts bytes that Java allocated for message bodies. */
  static void countBody(long sizeBytes) {
    BODY_BYTES.add(sizeBytes);
  }

  private static final class Counters implements MemoryStats.Source {
    @Override
    public long liveBytes() {
      return Naj.naj_bind_live_bytes();
    }

    @Override
    public long bodyBytesAllocated() {
      return Naj.naj_bind_body_bytes_allocated() + BODY_BYTES.sum();
    }
  }
}
