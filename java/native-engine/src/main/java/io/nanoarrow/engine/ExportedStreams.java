package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.naj.NajStreamFunction;
import io.nanoarrow.spi.EngineStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Streams that C consumers hold as ArrowArrayStream, by id. */
final class ExportedStreams {
  /** One for all, for ever: C keeps its address. */
  static final NajStreamFunction CALLBACK = new Callback();

  private static final int GET_SCHEMA = 0;
  private static final int GET_NEXT = 1;
  private static final int RELEASE = 2;
  private static final int LAST_ERROR = 3;
  private static final int LAST_ERROR_BYTES = 1024;
  private static final int EIO = 5;
  private static final int ENOMEM = 12;
  private static final int EINVAL = 22;
  private static final int STREAM_RELEASE_AT = 24;
  private static final int STREAM_BYTES = 40;

  private static final System.Logger LOG = System.getLogger("io.nanoarrow");
  private static final ConcurrentHashMap<Long, ExportedStreams> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_ID = new AtomicLong(1);

  private final EngineStream stream;
  private final long schemaHandle;
  private @Nullable Throwable failure;

  private ExportedStreams(EngineStream stream) {
    this.stream = stream;
    this.schemaHandle = SchemaWriter.toHandle(stream.schema());
  }

  /** Fills the ArrowArrayStream at {@code address}; its release closes the stream. */
  static void export(EngineStream stream, long address) {
    ExportedStreams exported = new ExportedStreams(stream);
    long id = NEXT_ID.getAndIncrement();
    OPEN.put(id, exported);
    Naj.naj_bind_stream_export(id, address);
    if (AddressPointer.buffer(address, STREAM_BYTES).getLong(STREAM_RELEASE_AT) == 0) {
      OPEN.remove(id);
      Naj.naj_bind_schema_release(exported.schemaHandle);
      throw new OutOfMemoryError("no memory for a C stream");
    }
  }

  /** Returns how many streams are not released; for tests. */
  static int openCount() {
    return OPEN.size();
  }

  private int answer(int operation, long outStruct) {
    try {
      if (operation == GET_SCHEMA) {
        Scratch scratch = Scratch.get();
        int status = Naj.naj_bind_schema_export(schemaHandle, outStruct, scratch.error);
        if (status != Status.OK) {
          throw Status.failure(scratch, null);
        }
      } else if (operation == GET_NEXT) {
        exportNext(outStruct);
      } else {
        return EINVAL;
      }
      return 0;
    } catch (Throwable t) {
      failure = t;
      return errno(t);
    }
  }

  /** Leaves the struct released (zeroed by the caller) at the end. */
  private void exportNext(long outStruct) throws IOException {
    if (failure != null) {
      throw new IllegalStateException("the stream failed before: " + text(failure), failure);
    }
    BatchData batch = stream.next();
    if (batch == null) {
      return;
    }
    try {
      int count = stream.schema().fields().size();
      List<ColumnData> columns = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        columns.add(batch.column(i));
      }
      ArrayExporter.export(schemaHandle, batch, columns, batch.rowCount(), outStruct);
    } finally {
      batch.release();
    }
  }

  private void release() throws IOException {
    try {
      stream.close();
    } finally {
      Naj.naj_bind_schema_release(schemaHandle);
    }
  }

  private void writeLastError(long outText) {
    byte[] text = text(failure).getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(text, Math.min(text.length, LAST_ERROR_BYTES - 1) + 1);
    cut[cut.length - 1] = 0;
    AddressPointer.buffer(outText, cut.length).put(0, cut);
  }

  private static String text(@Nullable Throwable failure) {
    if (failure == null) {
      return "";
    }
    return failure instanceof ArrowFormatException || failure.getMessage() == null
        ? failure.toString()
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private static int errno(Throwable t) {
    if (t instanceof IOException) {
      return EIO;
    }
    return t instanceof OutOfMemoryError ? ENOMEM : EINVAL;
  }

  private static final class Callback extends NajStreamFunction {
    @Override
    public int call(long streamId, int operation, long outStruct) {
      try {
        if (operation == RELEASE) {
          ExportedStreams released = OPEN.remove(streamId);
          if (released != null) {
            released.release();
          }
          return 0;
        }
        ExportedStreams exported = OPEN.get(streamId);
        if (exported == null) {
          return EINVAL;
        }
        if (operation == LAST_ERROR) {
          exported.writeLastError(outStruct);
          return 0;
        }
        return exported.answer(operation, outStruct);
      } catch (Throwable t) {
        report(t);
        return EIO;
      }
    }

    /** A Throwable must not leave a callback: C frames lie below it. */
    private static void report(Throwable t) {
      try {
        LOG.log(System.Logger.Level.WARNING, "an exported stream failed", t);
      } catch (Throwable ignored) {
        // Nothing is left to tell it to.
      }
    }
  }
}
