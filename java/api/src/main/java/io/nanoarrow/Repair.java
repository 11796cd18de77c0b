package io.nanoarrow;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.inspect.RepairReport;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.inspect.WireProblem;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import io.nanoarrow.write.Framing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Copies the whole messages of a damaged stream or file byte by byte into a new one, of a file with
 * a new footer. Every batch kept has passed full validation. One repair an object.
 */
final class Repair {
  private final Path in;
  private final FileChannel source;
  private final ReadOptions options;
  private final WireReport report;
  private final List<WireProblem> lost = new ArrayList<>();

  /** The footer's key-values. */
  private final Metadata metadata;

  private Repair(Path in, FileChannel source, ReadOptions options) throws IOException {
    this.in = in;
    this.source = source;
    this.options = options.toBuilder().validation(ValidationLevel.FULL).build();
    this.report = Recovery.inspect(source, options);
    lost.addAll(report.problems());
    metadata = report.isFile() ? footerMetadata() : Metadata.EMPTY;
  }

  static RepairReport run(Path in, Path out, ReadOptions options) throws IOException {
    if (Files.exists(out)) {
      throw new FileAlreadyExistsException(out.toString());
    }
    try (FileChannel source = FileChannel.open(in, StandardOpenOption.READ)) {
      return new Repair(in, source, options).run(out);
    }
  }

  private Metadata footerMetadata() throws IOException {
    try (FileReader reader = ArrowIpc.openFile(in, options)) {
      return reader.metadata();
    } catch (ArrowFormatException e) {
      lost.add(new WireProblem(report.sizeBytes(), "the footer's key-values, if it had any"));
      return Metadata.EMPTY;
    }
  }

  private RepairReport run(Path out) throws IOException {
    Recovery.requireSchema(report);
    if (report.isFile() && report.isBigEndian()) {
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED, "footers of big-endian files are not written");
    }
    Path folder = out.toAbsolutePath().getParent();
    Path draft = Files.createFile(folder.resolve(".nanoarrow-" + UUID.randomUUID() + ".tmp"));
    try {
      List<WireMessage> kept = RepairCandidates.of(report, lost);
      long[] rows = new long[1];
      while (true) {
        write(draft, kept);
        List<WireMessage> good = verified(draft, kept, rows);
        if (good.size() == kept.size()) {
          break;
        }
        kept = good;
      }
      Files.move(draft, out);
      return result(kept, rows[0]);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void write(Path draft, List<WireMessage> kept) throws IOException {
    WireMessage schema = report.messages().get(0);
    WriteOptions how = writeOptions(schema);
    Framing framing = report.isFile() ? Framing.file(how, metadata) : Framing.stream(how);
    try (FileChannel target =
            FileChannel.open(
                draft, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        EngineEncoder encoder = Engines.choose(how.engine()).newEncoder(report.schema(), how)) {
      copy(0, schema.end(), target); // With the magic before it, if there is one.
      for (WireMessage message : kept) {
        FooterBlock block =
            new FooterBlock(target.position(), message.metadataBytes(), message.bodyBytes());
        if (message.kind() == Kind.DICTIONARY_BATCH) {
          framing.addDictionary(block);
        } else {
          framing.addBatch(block);
        }
        copy(message.offset(), message.end(), target);
      }
      for (ByteBuffer part : framing.tail(encoder)) {
        while (part.hasRemaining()) {
          target.write(part);
        }
      }
    }
  }

  /** As the schema message was written. */
  private WriteOptions writeOptions(WireMessage schema) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(Integer.BYTES);
    source.read(first, schema.offset());
    return WriteOptions.builder()
        .engine(options.engine())
        .metadataVersion(schema.version() == 4 ? MetadataVersion.V4 : MetadataVersion.V5)
        .legacyFormat(first.getInt(0) != -1)
        .build();
  }

  private void copy(long start, long end, FileChannel target) throws IOException {
    long at = start;
    while (at < end) {
      long count = source.transferTo(at, end - at, target);
      if (count <= 0) {
        throw new IOException("the input has become shorter while it was repaired");
      }
      at += count;
    }
  }

  /** Returns the messages that pass; fewer than {@code kept} are to be written and read again. */
  private List<WireMessage> verified(Path draft, List<WireMessage> kept, long[] rows)
      throws IOException {
    return report.isFile() ? verifiedFile(draft, kept, rows) : verifiedStream(draft, kept, rows);
  }

  private List<WireMessage> verifiedFile(Path draft, List<WireMessage> kept, long[] rows)
      throws IOException {
    rows[0] = 0;
    List<WireMessage> good = new ArrayList<>(kept);
    List<WireMessage> batches = kept.stream().filter(m -> m.kind() == Kind.RECORD_BATCH).toList();
    try (FileReader reader = ArrowIpc.openFile(draft, options)) {
      for (int i = 0; i < reader.batchCount(); i++) {
        try (RecordBatch batch = reader.batch(i)) {
          rows[0] += batch.rowCount();
        } catch (ArrowFormatException e) {
          good.remove(batches.get(i));
          lose(batches.get(i), e);
        }
      }
    }
    return good;
  }

  private List<WireMessage> verifiedStream(Path draft, List<WireMessage> kept, long[] rows)
      throws IOException {
    rows[0] = 0;
    List<WireMessage> good = new ArrayList<>(kept);
    long read = 0;
    try (StreamReader reader = ArrowIpc.openStream(draft, options)) {
      try {
        for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
          rows[0] += batch.rowCount();
          batch.close();
          read++;
        }
      } catch (ArrowFormatException e) {
        dropFailed(good, read, reader.stats().dictionaryBatches(), e);
      }
    }
    return good;
  }

  /** Drops the batch that failed; with a dictionary that failed all that follows it. */
  private void dropFailed(
      List<WireMessage> good, long batchesRead, long dictionariesRead, ArrowFormatException e) {
    long batches = 0;
    long dictionaries = 0;
    for (int i = 0; i < good.size(); i++) {
      WireMessage message = good.get(i);
      boolean isDictionary = message.kind() == Kind.DICTIONARY_BATCH;
      if (isDictionary && dictionaries++ == dictionariesRead) {
        lose(message, e);
        good.subList(i, good.size()).clear();
        return;
      }
      if (!isDictionary && batches++ == batchesRead) {
        lose(message, e);
        good.remove(i);
        return;
      }
    }
    throw e;
  }

  private void lose(WireMessage message, ArrowFormatException cause) {
    String what =
        message.kind() == Kind.DICTIONARY_BATCH
            ? "a dictionary batch and all that follows"
            : "a record batch of " + message.rowCount() + " rows";
    lost.add(new WireProblem(message.offset(), what + ", for " + cause.detail()));
  }

  private RepairReport result(List<WireMessage> kept, long rows) {
    WireMessage schema = report.messages().get(0);
    long keptBytes = schema.metadataBytes() + schema.bodyBytes();
    long dictionaries = 0;
    for (WireMessage message : kept) {
      keptBytes += message.metadataBytes() + message.bodyBytes();
      dictionaries += message.kind() == Kind.DICTIONARY_BATCH ? 1 : 0;
    }
    long end = report.footer() != null ? report.footer().offset() : report.sizeBytes();
    if (report.endMarkerOffset() >= 0) {
      end = Math.min(end, report.endMarkerOffset());
    }
    long lostBytes = Math.max(0, end - schema.offset() - keptBytes);
    return new RepairReport(
        report.isFile(),
        kept.size() - dictionaries,
        rows,
        dictionaries,
        keptBytes,
        lostBytes,
        List.copyOf(lost));
  }
}
