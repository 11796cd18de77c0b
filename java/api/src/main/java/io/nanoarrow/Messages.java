package io.nanoarrow;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.message.Message;
import io.nanoarrow.message.Message.Type;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes single messages: puts them into the order of a stream. */
final class Messages {
  private static final int ALIGNMENT = 8;

  private Messages() {}

  static Schema readSchema(Message message, ReadOptions options) {
    require(message, Type.SCHEMA);
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options)) {
      feed(message.serialize(ALIGNMENT), decoder, null);
      Schema schema = decoder.schema();
      if (schema == null) {
        throw new ArrowFormatException(ErrorKind.INVALID_DATA, "no schema in its message");
      }
      return schema;
    }
  }

  static RecordBatch readRecordBatch(
      Message batch, Schema schema, List<Message> dictionaries, ReadOptions options) {
    require(batch, Type.RECORD_BATCH);
    dictionaries.forEach(message -> require(message, Type.DICTIONARY_BATCH));
    WriteOptions how =
        WriteOptions.builder()
            .engine(options.engine())
            .metadataVersion(batch.metadataVersion() == 4 ? MetadataVersion.V4 : MetadataVersion.V5)
            .build();
    List<ByteBuffer> parts = new ArrayList<>();
    RecordBatch found = null;
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options)) {
      try (EngineEncoder encoder = Engines.choose(options.engine()).newEncoder(schema, how)) {
        found = feed(encoder.schema(0).buffers(), decoder, found);
      }
      dictionaries.forEach(message -> parts.addAll(message.serialize(ALIGNMENT)));
      parts.addAll(batch.serialize(ALIGNMENT));
      found = feed(parts, decoder, found);
    }
    if (found == null) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, "no record batch in its message");
    }
    return found;
  }

  /** Returns the first batch there is; it is closed when this throws. */
  static @Nullable RecordBatch feed(
      List<ByteBuffer> parts, StreamDecoder decoder, @Nullable RecordBatch before) {
    RecordBatch found = before;
    try {
      for (ByteBuffer part : parts) {
        while (part.hasRemaining()) {
          decoder.feed(part);
          found = found != null ? found : decoder.poll();
        }
      }
      return found;
    } catch (RuntimeException | Error e) {
      if (found != null) {
        found.close();
      }
      throw e;
    }
  }

  private static void require(Message message, Type type) {
    if (message.type() != type) {
      throw new IllegalArgumentException("a message of type " + message.type() + ", not " + type);
    }
  }
}
