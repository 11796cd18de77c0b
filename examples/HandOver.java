import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.c.ArrowArray;
import io.nanoarrow.c.ArrowSchema;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Hands a batch over the Arrow C Data Interface, as to a C library in the same process, and takes it
 * back, without a copy: HandOver FILE.
 */
public class HandOver {
  public static void main(String[] args) throws IOException {
    try (ArrowArray array = new ArrowArray();
        ArrowSchema schema = new ArrowSchema()) {
      try (BatchReader reader = ArrowIpc.open(Path.of(args[0]));
          RecordBatch batch = reader.next()) {
        batch.exportBatch(array.address(), schema.address());
      }
      // Reader and batch are closed; the structs keep the rows. A consumer gets the two addresses.
      System.out.println(schema.n_children() + " children, " + array.length() + " rows");
      try (RecordBatch back = ArrowIpc.importBatch(array.address(), schema.address())) {
        System.out.println("moved: " + array.isReleased());
        System.out.println(back.column(0));
      }
    }
  }
}
