import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Reads the batches of a file in any order and from several threads: RandomAccess FILE. */
public class RandomAccess {
  public static void main(String[] args) throws IOException {
    try (FileReader file = ArrowIpc.openFile(Path.of(args[0]))) {
      System.out.println(file.batchCount() + " batches, " + file.rowCount() + " rows");
      try (RecordBatch last = file.batch(file.batchCount() - 1)) {
        System.out.println("last row: " + last.column(0).getObject(last.rowCount() - 1));
      }
      long nulls =
          IntStream.range(0, file.batchCount()).parallel().mapToLong(i -> nulls(file, i)).sum();
      System.out.println(nulls + " nulls");
    }
  }

  private static long nulls(FileReader file, int index) {
    try (RecordBatch batch = file.batch(index)) {
      long nulls = 0;
      for (int i = 0; i < batch.columnCount(); i++) {
        nulls += batch.column(i).nullCount();
      }
      return nulls;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
