import io.nanoarrow.RecordBatch;
import io.nanoarrow.Tensor;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.extension.Extensions;
import io.nanoarrow.extension.FixedShapeTensorType;
import io.nanoarrow.extension.TimestampWithOffsetType;
import io.nanoarrow.extension.UuidType;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Builds columns of extension types and reads them as Java values. */
public class ExtensionTypes {
  public static void main(String[] args) {
    FixedShapeTensorType images = new FixedShapeTensorType(new ArrowType.Int(32, true), 2, 2);
    Schema schema =
        Schema.of(
            UuidType.INSTANCE.field("id"),
            TimestampWithOffsetType.INSTANCE.field("taken"),
            images.field("image"));
    try (BatchBuilder builder = BatchBuilder.of(schema);
        Tensor image = Tensor.of(new int[] {1, 2, 3, 4}, 2, 2)) {
      UuidType.INSTANCE.appender(builder.column("id")).append(new UUID(1, 2));
      TimestampWithOffsetType.INSTANCE
          .appender(builder.column("taken"))
          .append(OffsetDateTime.parse("2024-02-29T12:00:00+05:45"));
      images.appender(builder.column("image")).append(image.view());
      try (RecordBatch batch = builder.build()) {
        for (int i = 0; i < batch.columnCount(); i++) {
          Column column = batch.column(i);
          String name = Extensions.of(column.field()).orElseThrow().name();
          System.out.println(name + ": " + Extensions.CANONICAL.reader(column).get(0));
        }
      }
    }
  }
}
