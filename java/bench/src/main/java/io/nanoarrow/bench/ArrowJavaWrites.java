package io.nanoarrow.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes batches that are in memory as a stream with arrow-java. */
final class ArrowJavaWrites implements AutoCloseable {
  private final BufferAllocator allocator;
  private final FileChannel channel;
  private final ArrowStreamReader reader;
  private final Schema schema;
  private final DictionaryProvider.MapDictionaryProvider dictionaries =
      new DictionaryProvider.MapDictionaryProvider();
  private final List<ArrowRecordBatch> batches = new ArrayList<>();

  /** Reads what is to be written; the reader stays open because it owns the dictionaries. */
  ArrowJavaWrites(Path path, BufferAllocator allocator) throws IOException {
    this.allocator = allocator;
    channel = FileChannel.open(path);
    reader = new ArrowStreamReader(channel, allocator);
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    schema = root.getSchema();
    VectorUnloader unloader = new VectorUnloader(root);
    while (reader.loadNextBatch()) {
      batches.add(unloader.getRecordBatch());
    }
    for (Map.Entry<Long, Dictionary> entry : reader.getDictionaryVectors().entrySet()) {
      dictionaries.put(entry.getValue());
    }
  }

  /** Returns the bytes written; {@code codec} is "none", "lz4" or "zstd". */
  long write(WritableByteChannel out, String codec) throws IOException {
    CompressionUtil.CodecType type =
        switch (codec) {
          case "lz4" -> CompressionUtil.CodecType.LZ4_FRAME;
          case "zstd" -> CompressionUtil.CodecType.ZSTD;
          default -> CompressionUtil.CodecType.NO_COMPRESSION;
        };
    boolean isCompressed = type != CompressionUtil.CodecType.NO_COMPRESSION;
    try (out;
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        ArrowStreamWriter writer =
            new ArrowStreamWriter(
                root,
                dictionaries,
                out,
                IpcOption.DEFAULT,
                isCompressed
                    ? CommonsCompressionFactory.INSTANCE
                    : NoCompressionCodec.Factory.INSTANCE,
                type,
                type == CompressionUtil.CodecType.ZSTD ? Optional.of(1) : Optional.empty())) {
      VectorLoader loader = new VectorLoader(root);
      writer.start();
      for (ArrowRecordBatch batch : batches) {
        loader.load(batch);
        writer.writeBatch();
      }
      writer.end();
      return writer.bytesWritten();
    }
  }

  @Override
  public void close() throws IOException {
    batches.forEach(ArrowRecordBatch::close);
    reader.close();
    channel.close();
  }
}
