package io.nanoarrow.crosscheck;

import io.nanoarrow.c.ArrowArray;
import io.nanoarrow.c.ArrowBufferView;
import io.nanoarrow.c.ArrowError;
import io.nanoarrow.c.ArrowSchema;
import io.nanoarrow.c.Errno;
import io.nanoarrow.c.IpcDecoder;
import io.nanoarrow.c.IpcDictionaries;
import io.nanoarrow.c.IpcDictionaryEncodings;
import io.nanoarrow.c.Nanoarrow;
import io.nanoarrow.crosscheck.wire.WireMessage;
import io.nanoarrow.crosscheck.wire.WireScan;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.CDataBridge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * One source on its way through ArrowIpcDecoder: verify and decode each header, set the schema,
 * keep dictionaries, decode arrays with full validation. Structs come back over the C Data
 * Interface.
 */
final class NanoarrowDecoding implements Participant.Decoding {
  private static final int COPY_BYTES = 1 << 24;
  private static final int CONTINUATION = -1;

  private final CDataBridge bridge;
  private final ContentChannel content;
  private final List<WireMessage> messages;
  private final IpcDecoder decoder = new IpcDecoder();
  private final IpcDictionaryEncodings encodings = new IpcDictionaryEncodings();
  private final IpcDictionaries dictionaries = new IpcDictionaries();
  private final ArrowSchema cSchema = new ArrowSchema();
  private final ArrowError error = new ArrowError();

  /** The last header: the decoder reads it again when it decodes the body. */
  private @Nullable BytePointer headerBytes;

  private @Nullable Schema schema;
  private int next;

  private NanoarrowDecoding(
      CDataBridge bridge, ContentChannel content, List<WireMessage> messages) {
    this.bridge = bridge;
    this.content = content;
    this.messages = messages;
  }

  /** Loads the bindings' library; fails with a LinkageError or IllegalStateException. */
  static void ensureLoaded() {
    Nanoarrow.ArrowNanoarrowVersion();
  }

  static NanoarrowDecoding open(Source source, CDataBridge bridge) throws IOException {
    List<WireMessage> messages =
        source.isFile() ? WireScan.streamPart(source) : WireScan.messages(source);
    NanoarrowDecoding decoding = new NanoarrowDecoding(bridge, source.content(), messages);
    try {
      decoding.begin();
      return decoding;
    } catch (Throwable t) {
      decoding.close();
      throw t;
    }
  }

  private void begin() throws IOException {
    check(Nanoarrow.ArrowIpcDecoderInit(decoder));
    if (messages.isEmpty()) {
      throw new ArrowFormatException(ErrorKind.TRUNCATED, "no schema");
    }
    header(messages.get(0));
    next = 1;
    check(
        Nanoarrow.ArrowIpcDecoderDecodeSchemaWithDictionaries(decoder, cSchema, encodings, error));
    check(Nanoarrow.ArrowIpcDecoderSetEndianness(decoder, decoder.endianness()));
    check(Nanoarrow.ArrowIpcDecoderSetSchemaWithDictionaries(decoder, cSchema, encodings, error));
    check(Nanoarrow.ArrowIpcDictionariesInit(dictionaries, encodings, error));
    schema = bridge.importSchema(cSchema.address());
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
    return Metadata.EMPTY;
  }

  @Override
  public Participant.@Nullable Batch next() throws IOException {
    while (next < messages.size()) {
      WireMessage message = messages.get(next);
      next++;
      header(message);
      long bodyOffset = message.offset() + message.metadataBytes();
      try (BytePointer body = new BytePointer(Math.max(1, message.bodyBytes()));
          ArrowBufferView view = view(body, message.bodyBytes())) {
        copy(bodyOffset, message.bodyBytes(), body, 0);
        if (message.kind() == WireMessage.Kind.RECORD_BATCH) {
          return batch(view);
        }
        check(
            Nanoarrow.ArrowIpcDecoderDecodeDictionary(
                decoder, view, Nanoarrow.NANOARROW_VALIDATION_LEVEL_FULL, dictionaries, error));
      }
    }
    return null;
  }

  private Participant.Batch batch(ArrowBufferView body) throws IOException {
    try (ArrowArray array = new ArrowArray()) {
      check(
          Nanoarrow.ArrowIpcDecoderDecodeArrayWithDictionaries(
              decoder,
              body,
              -1,
              dictionaries,
              array,
              Nanoarrow.NANOARROW_VALIDATION_LEVEL_FULL,
              error));
      BatchData data = bridge.importBatch(schema(), array.address());
      return EngineBatch.of(schema(), data);
    }
  }

  /** Verifies and decodes the header of a message, with the prefix of today's framing. */
  private void header(WireMessage message) throws IOException {
    int size = Math.toIntExact(message.metadataBytes());
    boolean legacy = content.read(message.offset(), 4).getInt(0) != CONTINUATION;
    int added = legacy ? 4 : 0;
    closeHeader();
    BytePointer bytes = new BytePointer(size + (long) added);
    headerBytes = bytes;
    try (ArrowBufferView view = view(bytes, size + (long) added)) {
      for (int i = 0; i < added; i++) {
        bytes.put(i, (byte) CONTINUATION);
      }
      copy(message.offset(), size, bytes, added);
      check(Nanoarrow.ArrowIpcDecoderVerifyHeader(decoder, view, error));
      check(Nanoarrow.ArrowIpcDecoderDecodeHeader(decoder, view, error));
    }
  }

  private void closeHeader() {
    if (headerBytes != null) {
      headerBytes.close();
      headerBytes = null;
    }
  }

  private void copy(long offset, long count, BytePointer target, long targetOffset)
      throws IOException {
    for (long done = 0; done < count; done += COPY_BYTES) {
      int some = (int) Math.min(COPY_BYTES, count - done);
      ByteBuffer bytes = content.read(offset + done, some);
      target.getPointer(targetOffset + done).put(bytes.array(), 0, some);
    }
  }

  private static ArrowBufferView view(BytePointer bytes, long size) {
    ArrowBufferView view = new ArrowBufferView();
    view.data().data(bytes);
    view.size_bytes(size);
    return view;
  }

  private void check(int code) throws IOException {
    if (code == 0) {
      return;
    }
    BytePointer message = Nanoarrow.ArrowErrorMessage(error);
    String text = message == null ? "" : message.getString();
    String detail = text.isEmpty() ? Errno.name(code) : Errno.name(code) + ": " + text;
    if (code == Errno.ENOTSUP) {
      throw new ArrowFormatException(ErrorKind.UNSUPPORTED, detail);
    } else if (code == Errno.ESPIPE || code == Errno.ENODATA) {
      throw new ArrowFormatException(ErrorKind.TRUNCATED, detail);
    } else if (code == Errno.EINVAL) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, detail);
    }
    throw new IOException(detail);
  }

  @Override
  public void close() throws IOException {
    dictionaries.close();
    encodings.close();
    decoder.close();
    closeHeader();
    cSchema.close();
    error.close();
    content.close();
  }
}
