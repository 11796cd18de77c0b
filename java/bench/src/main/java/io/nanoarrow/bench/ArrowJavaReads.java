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
import org.apache.arrow.vector.IntVector;
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
              case SUM -> sum(root);
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

  private static double sum(VectorSchemaRoot root) {
    double sum = 0;
    for (FieldVector vector : root.getFieldVectors()) {
      sum += sum(vector);
    }
    return sum;
  }

  private static double sum(FieldVector vector) {
    if (vector instanceof Float8Vector doubles) {
      return sum(doubles);
    }
    if (vector instanceof BigIntVector longs) {
      return sum(longs);
    }
    return vector instanceof IntVector ints ? sum(ints) : 0;
  }

  private static double sum(Float8Vector doubles) {
    int rows = doubles.getValueCount();
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += doubles.isNull(row) ? 0 : doubles.get(row);
    }
    return sum;
  }

  private static long sum(BigIntVector longs) {
    int rows = longs.getValueCount();
    long sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += longs.isNull(row) ? 0 : longs.get(row);
    }
    return sum;
  }

  private static long sum(IntVector ints) {
    int rows = ints.getValueCount();
    long sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += ints.isNull(row) ? 0 : ints.get(row);
    }
    return sum;
  }
}
