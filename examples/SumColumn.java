import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.FloatingPointColumn;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a stream or file batch by batch and adds a column up: SumColumn FILE COLUMN. */
public class SumColumn {
  public static void main(String[] args) throws IOException {
    double sum = 0;
    long values = 0;
    try (BatchReader reader = ArrowIpc.open(Path.of(args[0]))) {
      while (true) {
        try (RecordBatch batch = reader.next()) {
          if (batch == null) {
            break;
          }
          FloatingPointColumn column = batch.column(args[1]).asFloatingPoint();
          for (long row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
              sum += column.getDouble(row);
              values++;
            }
          }
        }
      }
    }
    System.out.printf(java.util.Locale.ROOT, "%d values, sum %.1f%n", values, sum);
  }
}
