package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.FileWriter;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.testing.TestArrays;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of writing. */
class KilledWriterTest {
  private static final int KILLS = 3;
  private static final String OLD = "what was there before";

  @TempDir Path folder;

  /** Writes batches until it is killed, or so many of them. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      WriteOptions options =
          WriteOptions.builder().engine("pure").inPlace(args[1].equals("inPlace")).build();
      long batches = Long.parseLong(args[2]);
      try (RecordBatch batch = TestArrays.batch(TestArrays.ints(1, 2, null, 4));
          FileWriter writer = ArrowIpc.newFile(Path.of(args[0]), batch.schema(), options)) {
        for (long i = 0; i < batches; i++) {
          writer.write(batch);
          if (i == 0) {
            System.out.println("writing");
            System.out.flush();
          }
        }
      }
    }
  }

  private static List<String> child(Path path, String how, long batches) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Child.class.getName(),
            path.toString(),
            how,
            Long.toString(batches)));
  }

  /** Starts a child and kills it some time after its first batch. */
  private void kill(Path path, String how, int millis) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(child(path, how, Long.MAX_VALUE))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = process.getInputStream()) {
      byte[] first = out.readNBytes("writing".length());
      assertEquals("writing", new String(first, StandardCharsets.US_ASCII));
      Thread.sleep(millis);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void theOldFileStaysWhenTheProcessIsKilled() throws IOException, InterruptedException {
    Random random = new Random();
    Path path = folder.resolve("a.arrow");
    Files.writeString(path, OLD);
    for (int i = 0; i < KILLS; i++) {
      kill(path, "aside", random.nextInt(100));
      assertEquals(OLD, Files.readString(path));
    }
    Path none = folder.resolve("none.arrow");
    kill(none, "aside", 10);
    assertTrue(Files.notExists(none));
  }

  @Test
  void whatIsWrittenInPlaceDoesNotOpenWhenTheProcessIsKilled()
      throws IOException, InterruptedException {
    Random random = new Random();
    Path path = folder.resolve("a.arrow");
    for (int i = 0; i < KILLS; i++) {
      kill(path, "inPlace", random.nextInt(100));
      assertTrue(Files.size(path) > 0);
      assertThrows(ArrowFormatException.class, () -> ArrowIpc.openFile(path));
    }
  }

  /** The kernel ends writes to files beyond a limit. */
  @Test
  void aLimitOfFileSizeIsAnErrorThatLeavesNothing() throws IOException, InterruptedException {
    Path path = folder.resolve("a.arrow");
    List<String> command = child(path, "aside", 10_000);
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 64; exec \"$0\" \"$@\""));
    limited.addAll(command);
    Process process = new ProcessBuilder(limited).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), out);
    assertTrue(out.contains("IOException: File too large"), out);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aProcessThatIsAskedToEndLeavesNothing() throws IOException, InterruptedException {
    Path path = folder.resolve("a.arrow");
    Process process =
        new ProcessBuilder(child(path, "aside", Long.MAX_VALUE))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = process.getInputStream()) {
      out.readNBytes("writing".length());
      process.destroy();
      process.waitFor();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aChildThatIsLeftAloneWritesACompleteFile() throws IOException, InterruptedException {
    Path path = folder.resolve("a.arrow");
    Process process =
        new ProcessBuilder(child(path, "aside", 5))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor());
    try (FileReader reader = ArrowIpc.openFile(path)) {
      assertEquals(20, reader.rowCount());
    }
  }
}
