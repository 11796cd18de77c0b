package io.nanoarrow.c;

import static io.nanoarrow.c.IpcTestData.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the sequences of calls that nanoarrow_ipc.h describes. */
class BoundSequencesTest {
  private static final int FULL = Nanoarrow.NANOARROW_VALIDATION_LEVEL_FULL;

  @TempDir Path folder;

  /** A message of a stream in native memory. */
  private static final class Messages implements AutoCloseable {
    final BytePointer bytes;
    final IpcDecoder decoder = new IpcDecoder();
    final ArrowError error = new ArrowError();
    long offset;

    Messages(byte[] stream) {
      bytes = new BytePointer(stream.length).put(stream);
      ok(Nanoarrow.ArrowIpcDecoderInit(decoder));
    }

    /** Peeks, verifies and decodes the next header; the message type, or 0 at the end. */
    int next() {
      ArrowBufferView rest = IpcTestData.view(bytes, offset, bytes.capacity() - offset);
      int[] prefix = new int[1];
      int code = Nanoarrow.ArrowIpcDecoderPeekHeader(decoder, rest, prefix, error);
      if (code == Errno.ENODATA) {
        return 0;
      }
      ok(code, error);
      assertEquals(8, prefix[0]);
      ok(Nanoarrow.ArrowIpcDecoderVerifyHeader(decoder, rest, error), error);
      ok(Nanoarrow.ArrowIpcDecoderDecodeHeader(decoder, rest, error), error);
      offset += decoder.header_size_bytes();
      return decoder.message_type();
    }

    ArrowBufferView body() {
      return IpcTestData.view(bytes, offset, decoder.body_size_bytes());
    }

    void skipBody() {
      offset += decoder.body_size_bytes();
    }

    @Override
    public void close() {
      decoder.close();
      bytes.close();
      error.close();
    }
  }

  private static ArrowBuffer sharedBody(Messages messages) {
    try (ArrowBuffer body = new ArrowBuffer()) {
      ok(
          Nanoarrow.ArrowBufferAppend(
              body,
              messages.bytes.getPointer(messages.offset),
              messages.decoder.body_size_bytes()));
      ArrowBuffer shared = new ArrowBuffer();
      ok(Nanoarrow.ArrowIpcSharedBufferInit(shared, body));
      return shared;
    }
  }

  private static long valueAt(ArrowArray struct, long row) {
    return new LongPointer(struct.children(0).buffers(1)).get(row);
  }

  @Test
  void decodesArrayViewArrayAndArrayFromSharedBuffer() {
    try (Messages messages = new Messages(IpcTestData.streamBytes(3, 4));
        ArrowSchema schema = new ArrowSchema();
        ArrowArray array = new ArrowArray();
        ArrowArray fromShared = new ArrowArray()) {
      assertEquals(Nanoarrow.NANOARROW_IPC_MESSAGE_TYPE_SCHEMA, messages.next());
      ok(Nanoarrow.ArrowIpcDecoderDecodeSchema(messages.decoder, schema, messages.error));
      assertEquals("n", schema.children(0).name().getString());
      assertEquals("l", schema.children(0).format().getString());
      ok(Nanoarrow.ArrowIpcDecoderSetSchema(messages.decoder, schema, messages.error));
      ok(Nanoarrow.ArrowIpcDecoderSetEndianness(messages.decoder, messages.decoder.endianness()));

      assertEquals(Nanoarrow.NANOARROW_IPC_MESSAGE_TYPE_RECORD_BATCH, messages.next());
      ArrowArrayView view = new ArrowArrayView((Pointer) null);
      ok(
          Nanoarrow.ArrowIpcDecoderDecodeArrayView(
              messages.decoder, messages.body(), 0, view, messages.error),
          messages.error);
      assertEquals(4, view.length());
      assertEquals(3, Nanoarrow.ArrowArrayViewGetIntUnsafe(view, 3));
      messages.skipBody();

      messages.next();
      ok(
          Nanoarrow.ArrowIpcDecoderDecodeArray(
              messages.decoder, messages.body(), -1, array, FULL, messages.error),
          messages.error);
      assertEquals(4, array.length());
      assertEquals(7, valueAt(array, 3));
      messages.skipBody();

      messages.next();
      try (ArrowBuffer shared = sharedBody(messages)) {
        ok(
            Nanoarrow.ArrowIpcDecoderDecodeArrayFromShared(
                messages.decoder, shared, -1, fromShared, FULL, messages.error),
            messages.error);
      }
      assertEquals(11, valueAt(fromShared, 3));
      messages.skipBody();
      assertEquals(0, messages.next());
    }
  }

  private static String dictionaryText(ArrowArray dictionary, ArrowError error) {
    try (ArrowArrayView view = new ArrowArrayView()) {
      Nanoarrow.ArrowArrayViewInitFromType(view, Nanoarrow.NANOARROW_TYPE_STRING);
      ok(Nanoarrow.ArrowArrayViewSetArray(view, dictionary, error), error);
      StringBuilder text = new StringBuilder();
      for (long i = 0; i < dictionary.length(); i++) {
        ArrowStringView value = Nanoarrow.ArrowArrayViewGetStringUnsafe(view, i);
        byte[] bytes = new byte[(int) value.size_bytes()];
        value.data().capacity(bytes.length).get(bytes);
        text.append(new String(bytes)).append(',');
      }
      return text.toString();
    }
  }

  @Test
  void decodesDictionariesByBodyAndFromSharedBuffer() {
    for (boolean isShared : new boolean[] {false, true}) {
      try (Messages messages = new Messages(IpcTestData.DICTIONARY);
          ArrowSchema schema = new ArrowSchema();
          IpcDictionaryEncodings encodings = new IpcDictionaryEncodings();
          IpcDictionaries dictionaries = new IpcDictionaries();
          ArrowArray array = new ArrowArray()) {
        IpcDecoder decoder = messages.decoder;
        ArrowError error = messages.error;
        messages.next();
        ok(
            Nanoarrow.ArrowIpcDecoderDecodeSchemaWithDictionaries(
                decoder, schema, encodings, error),
            error);
        IpcDictionaryEncoding encoding =
            Nanoarrow.ArrowIpcDictionaryEncodingsFind(encodings, schema.children(0));
        assertEquals(0, encoding.id());
        assertEquals(
            schema.children(0).address(),
            Nanoarrow.ArrowIpcDictionaryEncodingsFindById(encodings, 0).schema().address());
        try (ArrowBuffer ids = new ArrowBuffer()) {
          ok(Nanoarrow.ArrowIpcDictionaryEncodingsUniqueIds(encodings, ids));
          assertEquals(8, ids.size_bytes());
        }
        ok(
            Nanoarrow.ArrowIpcDecoderSetSchemaWithDictionaries(decoder, schema, encodings, error),
            error);
        ok(Nanoarrow.ArrowIpcDictionariesInit(dictionaries, encodings, error), error);

        assertEquals(Nanoarrow.NANOARROW_IPC_MESSAGE_TYPE_DICTIONARY_BATCH, messages.next());
        assertEquals(0, decoder.dictionary().id());
        assertEquals(0, decoder.dictionary().is_delta());
        if (isShared) {
          try (ArrowBuffer shared = sharedBody(messages)) {
            ok(
                Nanoarrow.ArrowIpcDecoderDecodeDictionaryFromShared(
                    decoder, shared, FULL, dictionaries, error),
                error);
          }
        } else {
          ok(
              Nanoarrow.ArrowIpcDecoderDecodeDictionary(
                  decoder, messages.body(), FULL, dictionaries, error),
              error);
        }
        messages.skipBody();
        ArrowArray current = new ArrowArray((Pointer) null);
        ok(Nanoarrow.ArrowIpcDictionariesFindCurrentValue(dictionaries, 0, current, error), error);
        assertEquals("a,b,", dictionaryText(current, error));

        messages.next();
        if (isShared) {
          try (ArrowBuffer shared = sharedBody(messages)) {
            ok(
                Nanoarrow.ArrowIpcDecoderDecodeArrayFromSharedWithDictionaries(
                    decoder, shared, -1, dictionaries, array, FULL, error),
                error);
          }
        } else {
          ok(
              Nanoarrow.ArrowIpcDecoderDecodeArrayWithDictionaries(
                  decoder, messages.body(), -1, dictionaries, array, FULL, error),
              error);
        }
        messages.skipBody();
        assertEquals(1, array.children(0).null_count());
        assertEquals("a,b,", dictionaryText(array.children(0).dictionary(), error));

        messages.next();
        ArrowArrayView view = new ArrowArrayView((Pointer) null);
        ok(
            Nanoarrow.ArrowIpcDecoderDecodeArrayViewWithDictionaries(
                decoder, messages.body(), 0, dictionaries, view, error),
            error);
        assertEquals(1, Nanoarrow.ArrowArrayViewGetIntUnsafe(view, 1));
        assertEquals(2, view.dictionary().length());
      }
    }
  }

  private static List<Long> readAll(IpcInputStream input, IpcArrayStreamReaderOptions options) {
    List<Long> values = new ArrayList<>();
    try (ArrowArrayStream reader = new ArrowArrayStream();
        ArrowSchema schema = new ArrowSchema();
        ArrowError error = new ArrowError()) {
      ok(Nanoarrow.ArrowIpcArrayStreamReaderInit(reader, input, options));
      assertTrue(input.isReleased());
      ok(Nanoarrow.ArrowArrayStreamGetSchema(reader, schema, error), error);
      assertEquals(1, schema.n_children());
      while (true) {
        try (ArrowArray array = new ArrowArray()) {
          ok(Nanoarrow.ArrowArrayStreamGetNext(reader, array, error), error);
          if (array.isReleased()) {
            return values;
          }
          for (long row = 0; row < array.length(); row++) {
            values.add(valueAt(array, row));
          }
        }
      }
    }
  }

  @Test
  void readsAStreamFromABuffer() {
    try (ArrowBuffer buffer = new ArrowBuffer();
        IpcInputStream input = new IpcInputStream();
        IpcInputStream moved = new IpcInputStream()) {
      byte[] bytes = IpcTestData.streamBytes(2, 3);
      IpcTestData.append(buffer, bytes, 0, bytes.length);
      ok(Nanoarrow.ArrowIpcInputStreamInitBuffer(input, buffer));
      assertTrue(buffer.isReleased());
      Nanoarrow.ArrowIpcInputStreamMove(input, moved);
      assertTrue(input.isReleased());
      IpcArrayStreamReaderOptions options = new IpcArrayStreamReaderOptions();
      options.field_index(-1).use_shared_buffers(Nanoarrow.ArrowIpcSharedBufferIsThreadSafe());
      assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), readAll(moved, options));
    }
  }

  @Test
  void readsCompressedStreamsByBothCodecs() {
    for (byte[] bytes : List.of(IpcTestData.ZSTD, IpcTestData.LZ4)) {
      try (ArrowBuffer buffer = new ArrowBuffer();
          IpcInputStream input = new IpcInputStream()) {
        IpcTestData.append(buffer, bytes, 0, bytes.length);
        ok(Nanoarrow.ArrowIpcInputStreamInitBuffer(input, buffer));
        List<Long> values = readAll(input, null);
        assertEquals(40, values.size());
        assertTrue(values.stream().allMatch(v -> v == 7L));
      }
    }
  }

  @Test
  void aSerialDecompressorIsBuiltAndGivenToADecoder() {
    assertFalse(Nanoarrow.ArrowIpcGetZstdDecompressionFunction().isNull());
    assertFalse(Nanoarrow.ArrowIpcGetLZ4DecompressionFunction().isNull());
    try (IpcDecompressor decompressor = new IpcDecompressor();
        IpcDecoder decoder = new IpcDecoder()) {
      ok(Nanoarrow.ArrowIpcDecoderInit(decoder));
      ok(Nanoarrow.ArrowIpcSerialDecompressor(decompressor));
      ok(
          Nanoarrow.ArrowIpcSerialDecompressorSetFunction(
              decompressor,
              Nanoarrow.NANOARROW_IPC_COMPRESSION_TYPE_ZSTD,
              Nanoarrow.ArrowIpcGetZstdDecompressionFunction()));
      ok(Nanoarrow.ArrowIpcDecoderSetDecompressor(decoder, decompressor));
      assertTrue(decompressor.isReleased());
    }
  }

  @Test
  void encodesSchemaAndBatchAndFinalizes() {
    byte[] stream;
    try (IpcEncoder encoder = new IpcEncoder();
        ArrowSchema schema = new ArrowSchema();
        ArrowArray array = new ArrowArray();
        ArrowArrayView view = new ArrowArrayView();
        ArrowBuffer out = new ArrowBuffer();
        ArrowBuffer body = new ArrowBuffer();
        ArrowError error = new ArrowError()) {
      IpcTestData.initSchema(schema);
      IpcTestData.initArray(array, schema, 5, 6);
      ok(Nanoarrow.ArrowIpcEncoderInit(encoder));
      ok(Nanoarrow.ArrowIpcEncoderEncodeSchema(encoder, schema, error), error);
      ok(Nanoarrow.ArrowIpcEncoderFinalizeBuffer(encoder, (byte) 1, out));
      ok(Nanoarrow.ArrowArrayViewInitFromSchema(view, schema, error), error);
      ok(Nanoarrow.ArrowArrayViewSetArray(view, array, error), error);
      ok(Nanoarrow.ArrowIpcEncoderEncodeSimpleRecordBatch(encoder, view, body, error), error);
      ok(Nanoarrow.ArrowIpcEncoderFinalizeBuffer(encoder, (byte) 1, out));
      ok(Nanoarrow.ArrowBufferAppend(out, body.data(), body.size_bytes()));
      stream = IpcTestData.toBytes(out);
    }
    try (Messages messages = new Messages(stream);
        ArrowSchema schema = new ArrowSchema();
        ArrowArray array = new ArrowArray()) {
      assertEquals(Nanoarrow.NANOARROW_IPC_MESSAGE_TYPE_SCHEMA, messages.next());
      ok(Nanoarrow.ArrowIpcDecoderDecodeSchema(messages.decoder, schema, messages.error));
      ok(Nanoarrow.ArrowIpcDecoderSetSchema(messages.decoder, schema, messages.error));
      assertEquals(Nanoarrow.NANOARROW_IPC_MESSAGE_TYPE_RECORD_BATCH, messages.next());
      ok(
          Nanoarrow.ArrowIpcDecoderDecodeArray(
              messages.decoder, messages.body(), -1, array, FULL, messages.error),
          messages.error);
      assertEquals(6, valueAt(array, 1));
    }
  }

  private byte[] writeFile(Path path) throws Exception {
    Pointer file = Nanoarrow.NajFileOpen(path.toString(), "wb");
    assertNotNull(file);
    try (IpcOutputStream output = new IpcOutputStream();
        IpcWriter writer = new IpcWriter();
        ArrowSchema schema = new ArrowSchema();
        ArrowArray array = new ArrowArray();
        ArrowArrayView view = new ArrowArrayView();
        ArrowError error = new ArrowError()) {
      IpcTestData.initSchema(schema);
      IpcTestData.initArray(array, schema, 1, 2, 3);
      ok(Nanoarrow.ArrowArrayViewInitFromSchema(view, schema, error), error);
      ok(Nanoarrow.ArrowArrayViewSetArray(view, array, error), error);
      ok(Nanoarrow.ArrowIpcOutputStreamInitFile(output, file, 1));
      ok(Nanoarrow.ArrowIpcWriterInit(writer, output));
      assertTrue(output.isReleased());
      ok(Nanoarrow.ArrowIpcWriterStartFile(writer, error), error);
      ok(Nanoarrow.ArrowIpcWriterWriteSchema(writer, schema, error), error);
      ok(Nanoarrow.ArrowIpcWriterWriteArrayView(writer, view, error), error);
      ok(Nanoarrow.ArrowIpcWriterWriteArrayView(writer, view, error), error);
      // NULL ends the stream inside the file.
      ok(Nanoarrow.ArrowIpcWriterWriteArrayView(writer, null, error), error);
      ok(Nanoarrow.ArrowIpcWriterFinalizeFile(writer, error), error);
    }
    return Files.readAllBytes(path);
  }

  @Test
  void writesAFileWhoseFooterIsDecoded() throws Exception {
    byte[] file = writeFile(folder.resolve("two.arrow"));
    assertEquals("ARROW1", new String(file, 0, 6));
    try (BytePointer bytes = new BytePointer(file.length).put(file);
        IpcDecoder decoder = new IpcDecoder();
        ArrowError error = new ArrowError()) {
      ok(Nanoarrow.ArrowIpcDecoderInit(decoder));
      ArrowBufferView whole = IpcTestData.view(bytes, 0, file.length);
      ok(Nanoarrow.ArrowIpcDecoderPeekFooter(decoder, whole, error), error);
      assertTrue(decoder.header_size_bytes() > 0);
      ok(Nanoarrow.ArrowIpcDecoderVerifyFooter(decoder, whole, error), error);
      ok(Nanoarrow.ArrowIpcDecoderDecodeFooter(decoder, whole, error), error);
      IpcFooter footer = decoder.footer();
      assertFalse(footer.schema().isReleased());
      assertEquals("n", footer.schema().children(0).name().getString());
      ArrowBuffer blocks = footer.record_batch_blocks();
      IpcFileBlock block = new IpcFileBlock(blocks.data());
      assertEquals(2 * block.sizeof(), blocks.size_bytes());
      assertTrue(block.offset() > 0 && block.metadata_length() > 0 && block.body_length() >= 24);
      assertEquals(0, footer.dictionary_blocks().size_bytes());

      try (IpcEncoder encoder = new IpcEncoder();
          ArrowBuffer encoded = new ArrowBuffer()) {
        ok(Nanoarrow.ArrowIpcEncoderInit(encoder));
        ok(Nanoarrow.ArrowIpcEncoderEncodeFooter(encoder, footer, error), error);
        ok(Nanoarrow.ArrowIpcEncoderFinalizeBuffer(encoder, (byte) 0, encoded));
        assertEquals(decoder.header_size_bytes(), encoded.size_bytes());
      }
    }
  }

  @Test
  void aStreamInAFileIsReadByFilePointer() throws Exception {
    Path path = Files.write(folder.resolve("s.arrows"), IpcTestData.streamBytes(2, 2));
    Pointer file = Nanoarrow.NajFileOpen(path.toString(), "rb");
    try (IpcInputStream input = new IpcInputStream()) {
      ok(Nanoarrow.ArrowIpcInputStreamInitFile(input, file, 0));
      assertEquals(List.of(0L, 1L, 2L, 3L), readAll(input, null));
    }
    assertEquals(0, Nanoarrow.NajFileClose(file));
  }

  @Test
  void anOutputStreamWritesAViewToItsEnd() {
    try (ArrowBuffer target = new ArrowBuffer();
        IpcOutputStream output = new IpcOutputStream();
        IpcOutputStream moved = new IpcOutputStream();
        BytePointer bytes = new BytePointer(new byte[] {9, 8, 7});
        ArrowError error = new ArrowError()) {
      ok(Nanoarrow.ArrowIpcOutputStreamInitBuffer(output, target));
      Nanoarrow.ArrowIpcOutputStreamMove(output, moved);
      assertTrue(output.isReleased());
      ok(Nanoarrow.ArrowIpcOutputStreamWrite(moved, IpcTestData.view(bytes, 0, 3), error), error);
      assertArrayEquals(new byte[] {9, 8, 7}, IpcTestData.toBytes(target));
    }
  }

  @Test
  void aDamagedHeaderIsRefusedWithText() {
    byte[] bytes = IpcTestData.streamBytes(1, 1);
    bytes[0] = 17;
    try (Messages messages = new Messages(bytes)) {
      int[] prefix = new int[1];
      int code =
          Nanoarrow.ArrowIpcDecoderVerifyHeader(
              messages.decoder, IpcTestData.view(messages.bytes, 0, bytes.length), messages.error);
      assertTrue(code == Errno.EINVAL || code == Errno.ESPIPE, Errno.name(code));
      assertFalse(Nanoarrow.ArrowErrorMessage(messages.error).getString().isEmpty());
      assertEquals(
          Errno.ESPIPE,
          Nanoarrow.ArrowIpcDecoderPeekHeader(
              messages.decoder, IpcTestData.view(messages.bytes, 0, 3), prefix, messages.error));
    }
  }

  @Test
  void theRuntimeIsTheOneTheHeadersDescribe() {
    try (ArrowError error = new ArrowError()) {
      ok(Nanoarrow.ArrowIpcCheckRuntime(error), error);
    }
    assertEquals("0.9.0", Nanoarrow.ArrowNanoarrowVersion().getString());
    assertEquals(Nanoarrow.NANOARROW_IPC_ENDIANNESS_LITTLE, Nanoarrow.ArrowIpcSystemEndianness());
    assertEquals(1, Nanoarrow.ArrowIpcSharedBufferIsThreadSafe());
  }
}
