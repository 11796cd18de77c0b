package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** The batches of an ArrowArrayStream. Released by a cleaner when forgotten. */
final class ImportedStream implements EngineStream {
  private static final int ARRAY_STRUCT = 1;

  private final State state;
  private final Cleaner.Cleanable cleanable;

  /** Moves the ArrowArrayStream at {@code address} into this stream. */
  ImportedStream(long address) {
    state = new State(address);
    cleanable = NativeRuntime.CLEANER.register(this, state);
  }

  @Override
  public Schema schema() {
    return state.schema;
  }

  @Override
  public @Nullable BatchData next() throws IOException {
    State open = state;
    open.enterAlone();
    try {
      return open.next();
    } finally {
      open.exit();
    }
  }

  @Override
  public ReadStats stats() {
    long batches = state.batches;
    return new ReadStats(batches, batches, 0, 0, 0, false);
  }

  @Override
  public void close() {
    cleanable.clean();
  }

  private static final class State extends NativeState {
    private final long stream;
    private final long schemaHandle;
    private final Schema schema;
    private volatile long batches;

    State(long address) {
      super("imported stream");
      Scratch scratch = Scratch.get();
      stream = Naj.naj_bind_c_stream_import(address, scratch.error);
      if (stream == 0) {
        throw Status.failure(scratch);
      }
      long handle = 0;
      try {
        handle = Naj.naj_bind_c_stream_schema(stream, 0, scratch.error);
        if (handle == 0) {
          throw Status.failure(scratch);
        }
        schemaHandle = handle;
        schema = SchemaReader.read(handle);
      } catch (Throwable t) {
        Naj.naj_bind_schema_release(handle);
        Naj.naj_bind_c_stream_close(stream);
        throw t;
      }
    }

    @Nullable BatchData next() throws IOException {
      Scratch scratch = Scratch.get();
      long array = Naj.naj_bind_c_struct_allocate(ARRAY_STRUCT, scratch.error);
      if (array == 0) {
        throw Status.failure(scratch, null);
      }
      try {
        int has = Naj.naj_bind_c_stream_next(stream, array, scratch.error);
        if (has < 0) {
          throw Status.failure(scratch, null);
        }
        if (has == 0) {
          return null;
        }
        BatchData batch = ImportedBatch.take(schema, schemaHandle, array);
        batches++;
        return batch;
      } finally {
        Naj.naj_bind_c_struct_release(ARRAY_STRUCT, array);
        Naj.naj_bind_c_struct_free(array);
      }
    }

    @Override
    void free() {
      Naj.naj_bind_schema_release(schemaHandle);
      Naj.naj_bind_c_stream_close(stream);
    }
  }
}
