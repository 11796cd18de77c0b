package io.nanoarrow;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.write.Framing;
import io.nanoarrow.write.PathSink;
import io.nanoarrow.write.Sink;
import io.nanoarrow.write.WriteSession;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens a stream or file to be written on: its messages are copied as they are. */
final class Append {
  private static final int COPY_BYTES = 1 << 20;
  private static final int ALIGNMENT = 8;

  private Append() {}

  static WriterCore open(String noun, Path path, boolean isFile, WriteOptions options)
      throws IOException {
    ReadOptions reading = ReadOptions.builder().engine(options.engine()).build();
    if (Files.exists(path) && !PathSink.isReplacedAsAWhole(path)) {
      throw new FileSystemException(
          path.toString(), null, "cannot be appended to: it is not replaced as a whole");
    }
    try (FileChannel source = FileChannel.open(path, StandardOpenOption.READ)) {
      WireReport report = Recovery.inspect(source, reading);
      long end = requireWhole(report, isFile);
      WriteOptions how = asWritten(source, report, options);
      try (BatchReader reader =
              isFile ? ArrowIpc.openFile(path, reading) : ArrowIpc.openStream(path, reading);
          Last last = Last.of(reader, report)) {
        return WriterCore.of(
            noun, reader.schema(), resume(path, source, report, end, reader, last, how));
      }
    }
  }

  private static WriteSession resume(
      Path path,
      FileChannel source,
      WireReport report,
      long end,
      BatchReader reader,
      Last last,
      WriteOptions how)
      throws IOException {
    Schema schema = reader.schema();
    Framing framing =
        reader instanceof FileReader file
            ? Framing.file(how, file.metadata())
            : Framing.stream(how);
    if (report.footer() != null && hasBatches(report)) {
      report.footer().dictionaries().forEach(framing::addDictionary);
      report.footer().batches().forEach(framing::addBatch);
    }
    EngineEncoder encoder = Engines.choose(how.engine()).newEncoder(schema, how);
    Sink sink;
    try {
      sink = PathSink.open(path, false, how.fsync());
    } catch (IOException | RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
    try {
      copy(source, end, sink);
    } catch (IOException | RuntimeException | Error e) {
      encoder.close();
      sink.abandon();
      throw e;
    }
    return WriteSession.resume(schema, encoder, sink, framing, how, end, last.data());
  }

  private static boolean hasBatches(WireReport report) {
    return !report.messages(Kind.RECORD_BATCH).isEmpty();
  }

  /**
   * Returns where the messages end that are kept, of an input without a fault. The dictionaries of
   * a file without a batch are not: which values they have is not known, and a file cannot hold a
   * second dictionary of one id.
   */
  private static long requireWhole(WireReport report, boolean isFile) {
    if (report.isFile() != isFile) {
      throw new ArrowFormatException(
          ErrorKind.INVALID_DATA, isFile ? "a stream, not a file" : "a file, not a stream");
    } else if (!report.problems().isEmpty()) {
      throw new ArrowFormatException(
          ErrorKind.INVALID_DATA,
          report.problems().get(0).text(),
          report.problems().get(0).offset(),
          null);
    }
    Recovery.requireSchema(report);
    if (report.isBigEndian()) {
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED, "big-endian data, to which nothing is appended");
    }
    List<WireMessage> messages = report.messages();
    boolean isEmptyFile = isFile && !hasBatches(report);
    long end = messages.get(isEmptyFile ? 0 : messages.size() - 1).end();
    if (end % ALIGNMENT != 0) {
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED,
          "messages that are not padded, to which nothing is appended",
          end,
          null);
    }
    return end;
  }

  private static WriteOptions asWritten(FileChannel source, WireReport report, WriteOptions options)
      throws IOException {
    WireMessage schema = report.messages().get(0);
    ByteBuffer first = ByteBuffer.allocate(Integer.BYTES);
    source.read(first, schema.offset());
    return options.toBuilder()
        .metadataVersion(schema.version() == 4 ? MetadataVersion.V4 : MetadataVersion.V5)
        .legacyFormat(first.getInt(0) != -1)
        .build();
  }

  private static void copy(FileChannel source, long end, Sink sink) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(COPY_BYTES);
    for (long at = 0; at < end; ) {
      bytes.clear().limit((int) Math.min(COPY_BYTES, end - at));
      int count = source.read(bytes, at);
      if (count < 0) {
        throw new EOFException("the input has become shorter while it was copied");
      }
      at += count;
      sink.write(List.of(bytes.flip()));
    }
  }

  /** The last batch where it has the dictionaries as they are at the end. */
  private record Last(@Nullable BatchData data) implements AutoCloseable {
    static Last of(BatchReader reader, WireReport report) throws IOException {
      if (reader instanceof FileReader file) {
        return file.batchCount() == 0 ? new Last(null) : of(file.batch(file.batchCount() - 1));
      }
      Last last = new Last(null);
      try {
        for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
          Last before = last;
          last = of(batch);
          before.close();
        }
      } catch (IOException | RuntimeException | Error e) {
        last.close();
        throw e;
      }
      if (endsWithDictionary(report)) {
        last.close();
        return new Last(null);
      }
      return last;
    }

    private static boolean endsWithDictionary(WireReport report) {
      List<WireMessage> messages = report.messages();
      return messages.get(messages.size() - 1).kind() == Kind.DICTIONARY_BATCH;
    }

    private static Last of(RecordBatch takeBatch) {
      try (takeBatch) {
        BatchRows rows = takeBatch.takeRows();
        return new Last(rows.data());
      }
    }

    @Override
    public void close() {
      if (data != null) {
        data.release();
      }
    }
  }
}
