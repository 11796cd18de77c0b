import io.nanoarrow.ArrowIpc;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Walks over a schema and picks out what has a unit or a zone: InspectSchema FILE. */
public class InspectSchema {
  public static void main(String[] args) throws IOException {
    Schema schema = ArrowIpc.readSchema(Path.of(args[0]), ReadOptions.DEFAULT);
    System.out.println(schema.metadata().get("source").orElse("no source"));
    walk("", schema.fields());
  }

  private static void walk(String parent, List<Field> fields) {
    for (Field field : fields) {
      String path = parent + field.name();
      if (field.type() instanceof ArrowType.Timestamp timestamp) {
        System.out.println(path + ": " + timestamp.unit() + ", zone " + timestamp.timezone());
      }
      field.metadata().get("unit").ifPresent(u -> System.out.println(path + ": " + u));
      walk(path + ".", field.children());
    }
  }
}
