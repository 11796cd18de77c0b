package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.flatbuffers.Table;
import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.flatbuf.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine in a JVM that has its own jars only: no native code, no flags. */
class FreshJvmTest {
  @TempDir Path folder;

  /** What the other JVM runs. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      try (BatchReader reader = ArrowIpc.openStream(Path.of(args[0]));
          RecordBatch batch = reader.next()) {
        System.out.println(ArrowIpc.engines() + " " + batch.column(1).getObject(0));
      }
    }
  }

  @Test
  void readsWithApiFlatbuffersAndFormatAlone() throws Exception {
    Schema schema =
        Schema.of(Field.of("n", new ArrowType.Int(32, true)), Field.of("s", new ArrowType.Utf8()));
    byte[] bytes = Wire.stream(schema, Wire.batch(StreamReadTest.batch()));
    Path input = Files.write(folder.resolve("in.arrows"), bytes);
    String classPath =
        Stream.of(ArrowIpc.class, PureEngine.class, Table.class, Message.class, Program.class)
            .map(FreshJvmTest::place)
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xcheck:jni",
                "-cp",
                classPath,
                Program.class.getName(),
                input.toString())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    assertEquals("[pure] ab", output);
    assertTrue(
        List.of(classPath.split(File.pathSeparator)).stream()
            .noneMatch(entry -> entry.contains("javacpp")),
        classPath);
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
