package io.nanoarrow.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/** Reads a whole stream or file with arrow-java's readers. */
final class ArrowJavaReads {
  private ArrowJavaReads() {}

  /** Returns what {@link NanoarrowReads#read} returns. */
  static double read(Path path, boolean isFile, Work work, BufferAllocator allocator)
      throws IOException {
    double result = 0;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        ArrowReader reader =
            isFile
                ? new ArrowFileReader(channel, allocator, CommonsCompressionFactory.INSTANCE)
                : new ArrowStreamReader(channel, allocator, CommonsCompressionFactory.INSTANCE)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        result +=
            switch (work) {
              case BATCHES -> root.getRowCount();
              case COLUMNS -> nulls(root);
              case SUM -> sum(root.getVector(0));
            };
      }
    }
    return result;
  }

  private static long nulls(VectorSchemaRoot root) {
    long nulls = 0;
    for (FieldVector vector : root.getFieldVectors()) {
      nulls += vector.getNullCount();
    }
    return nulls;
  }

  private static double sum(FieldVector vector) {
    int rows = vector.getValueCount();
    if (vector instanceof Float8Vector doubles) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += doubles.get(row);
      }
      return sum;
    }
    long sum = 0;
    BigIntVector longs = (BigIntVector) vector;
    for (int row = 0; row < rows; row++) {
      sum += longs.get(row);
    }
    return sum;
  }
}
