import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.FileWriter;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.build.DictionaryBuilder;
import io.nanoarrow.build.ListBuilder;
import io.nanoarrow.build.TimestampBuilder;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.TimeUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Builds batches from Java values and writes them: BuildRows OUT. */
public class BuildRows {
  private static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  private static final DictionaryEncoding WORDS =
      new DictionaryEncoding(0, new ArrowType.Int(32, true), false);
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("time", new ArrowType.Timestamp(TimeUnit.SECOND, "UTC")).withNullable(false),
          new Field("city", true, new ArrowType.Utf8(), WORDS, List.of(), Metadata.EMPTY),
          Field.of("readings", new ArrowType.ListType(), Field.of("item", DOUBLE)));

  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    // A dictionary that grew goes into a file as a delta.
    WriteOptions options = WriteOptions.builder().emitDictionaryDeltas(true).build();
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA);
        FileWriter writer = ArrowIpc.newFile(out, SCHEMA, options)) {
      TimestampBuilder times = builder.column("time").asTimestamp();
      DictionaryBuilder cities = builder.column("city").asDictionary();
      ListBuilder readings = builder.column("readings").asList();
      for (int hour = 0; hour < 48; hour++) {
        times.append(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * hour));
        cities.append(hour < 24 ? "Lyon" : "Nice");
        if (hour % 12 == 0) {
          readings.appendNull();
        } else {
          readings.values().asDouble().appendAll(new double[] {hour, hour + 0.5});
          readings.endList();
        }
        if (builder.rowCount() == 20 || hour == 47) {
          try (RecordBatch batch = builder.build()) {
            writer.write(batch);
          }
        }
      }
    }
    try (FileReader reader = ArrowIpc.openFile(out)) {
      System.out.println(reader.rowCount() + " rows in " + reader.batchCount() + " batches");
      try (RecordBatch last = reader.batch(reader.batchCount() - 1)) {
        System.out.println(last.column("time").text(0));
        System.out.println(last.column("city").text(7));
        System.out.println(last.column("readings"));
      }
    }
  }
}
