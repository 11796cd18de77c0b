package io.nanoarrow.interop;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.crosscheck.ContentChannel;
import io.nanoarrow.crosscheck.Participant;
import io.nanoarrow.crosscheck.Source;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;

/** A source that arrow-java's reader of streams or files decodes. One thread. */
final class ArrowJavaDecoding implements Participant.Decoding {
  private final BufferAllocator allocator = new RootAllocator();
  private final ContentChannel content;
  private final boolean isFile;
  private @Nullable ArrowReader reader;
  private @Nullable Schema schema;

  private ArrowJavaDecoding(Source source) throws IOException {
    content = source.content();
    isFile = source.isFile();
  }

  /** Opens a source and reads its schema. */
  static ArrowJavaDecoding open(Source source) throws IOException {
    ArrowJavaDecoding decoding = new ArrowJavaDecoding(source);
    try {
      decoding.begin();
      return decoding;
    } catch (RuntimeException e) {
      decoding.close();
      throw refusal(e);
    } catch (IOException | Error e) {
      decoding.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    ContentBytes bytes = new ContentBytes(content);
    reader =
        isFile
            ? new ArrowFileReader(bytes, allocator, CommonsCompressionFactory.INSTANCE)
            : new ArrowStreamReader(bytes, allocator, CommonsCompressionFactory.INSTANCE);
    try (RecordBatch empty = exported(reader.getVectorSchemaRoot())) {
      schema = empty.schema();
    }
  }

  /** arrow-java has no exception of its own for what it does not support or understand. */
  private static ArrowFormatException refusal(RuntimeException e) {
    return new ArrowFormatException(ErrorKind.UNSUPPORTED, String.valueOf(e));
  }

  private RecordBatch exported(VectorSchemaRoot root) {
    try (ArrowArray array = ArrowArray.allocateNew(allocator);
        ArrowSchema cSchema = ArrowSchema.allocateNew(allocator)) {
      Data.exportVectorSchemaRoot(allocator, root, reader, array, cSchema);
      try {
        return ArrowIpc.importBatch(array.memoryAddress(), cSchema.memoryAddress());
      } catch (RuntimeException e) {
        array.release();
        throw e;
      } finally {
        cSchema.release();
      }
    }
  }

  @Override
  public Schema schema() {
    if (schema == null) {
      throw new IllegalStateException("not opened");
    }
    return schema;
  }

  @Override
  public Metadata footerMetadata() {
    return reader instanceof ArrowFileReader file && file.getMetaData() != null
        ? Metadata.of(file.getMetaData())
        : Metadata.EMPTY;
  }

  @Override
  public Participant.@Nullable Batch next() throws IOException {
    try {
      return reader.loadNextBatch() ? new Batch(exported(reader.getVectorSchemaRoot())) : null;
    } catch (RuntimeException e) {
      throw refusal(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (reader != null) {
        reader.close();
      }
    } finally {
      content.close();
      closeAllocator();
    }
  }

  /** arrow-java leaks what it had read of a batch when it refuses it, and says so here. */
  private void closeAllocator() {
    try {
      allocator.close();
    } catch (IllegalStateException e) {
      System.getLogger("io.nanoarrow").log(System.Logger.Level.DEBUG, "arrow-java leaked", e);
    }
  }

  /** A batch that arrow-java exported. */
  private static final class Batch implements Participant.Batch {
    private final RecordBatch batch;
    private final List<ColumnData> columns = new ArrayList<>();

    Batch(RecordBatch takeBatch) {
      batch = takeBatch;
      for (int i = 0; i < batch.columnCount(); i++) {
        columns.add(batch.column(i).data());
      }
    }

    @Override
    public long rowCount() {
      return batch.rowCount();
    }

    @Override
    public Metadata metadata() {
      return batch.metadata();
    }

    @Override
    public List<ColumnData> columns() {
      return columns;
    }

    @Override
    public void close() {
      batch.close();
    }
  }
}
