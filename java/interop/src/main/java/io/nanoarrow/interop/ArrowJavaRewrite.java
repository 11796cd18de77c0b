package io.nanoarrow.interop;

import io.nanoarrow.crosscheck.ContentChannel;
import io.nanoarrow.crosscheck.Source;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;

/**
 * Reads streams and files with arrow-java and writes with arrow-java what it read, under the same
 * name into another folder: {@code ArrowJavaRewrite FOLDER FILE...}. What it refuses is named on
 * standard error and left out. Part of how docs/support-matrix.md is made.
 */
public final class ArrowJavaRewrite {
  private ArrowJavaRewrite() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (int i = 1; i < args.length; i++) {
      Path in = Path.of(args[i]);
      Path out = folder.resolve(in.getFileName());
      try {
        rewrite(Source.of(in), out);
      } catch (IOException | RuntimeException | AssertionError e) {
        Files.deleteIfExists(out);
        System.err.println(in + ": " + e);
      }
    }
  }

  private static void rewrite(Source in, Path out) throws IOException {
    try (ContentChannel content = in.content();
        FileChannel target =
            FileChannel.open(
                out,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = reader(in, new ContentBytes(content), allocator);
        ArrowWriter writer = writer(in, reader, target)) {
      writer.start();
      while (reader.loadNextBatch()) {
        writer.writeBatch();
      }
      writer.end();
    }
  }

  private static ArrowReader reader(Source in, ContentBytes bytes, BufferAllocator allocator) {
    return in.isFile()
        ? new ArrowFileReader(bytes, allocator, CommonsCompressionFactory.INSTANCE)
        : new ArrowStreamReader(bytes, allocator, CommonsCompressionFactory.INSTANCE);
  }

  private static ArrowWriter writer(Source in, ArrowReader reader, FileChannel target)
      throws IOException {
    return in.isFile()
        ? new ArrowFileWriter(reader.getVectorSchemaRoot(), reader, target)
        : new ArrowStreamWriter(reader.getVectorSchemaRoot(), reader, target);
  }
}
