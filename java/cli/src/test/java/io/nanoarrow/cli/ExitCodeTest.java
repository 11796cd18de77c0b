package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How runs end: 0 fine, 1 bad data or I/O, 2 wrong usage, 3 differences, the highest of several.
 */
class ExitCodeTest {
  private static final String GOOD = Run.data("weather.arrows");

  @TempDir Path folder;

  @AfterEach
  void sleep() {
    Liar.awake = false;
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private String truncated() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(GOOD));
    return file("truncated.arrows", Arrays.copyOf(whole, whole.length - 200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema", "cat", "stats"})
  void aMissingFileIsBadAndNamed(String command) {
    Run run = Run.of(command, "no-such-file");
    assertEquals(1, run.code());
    assertEquals("nanoarrow: no-such-file: no such file\n", run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema", "cat", "stats", "validate", "crosscheck"})
  void whatIsNotArrowIsBad(String command) throws IOException {
    String text =
        file("text", "this is text and not Arrow, is it?".getBytes(StandardCharsets.UTF_8));
    assertEquals(1, Run.of(command, text).code());
    assertEquals(1, Run.of(command, folder.toString()).code());
  }

  @Test
  void aBadFileIsReportedByNameAndTheRestStillRuns() throws IOException {
    String bad = truncated();
    Run run = Run.of("cat", bad, GOOD);
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("nanoarrow: " + bad + ": TRUNCATED"), run.err());
    assertTrue(run.out().endsWith(Run.of("cat", GOOD).out()), run.out());
  }

  @Test
  void rowsBeforeADefectAreShown() throws IOException {
    Run run = Run.of("cat", truncated());
    assertEquals(1, run.code());
    assertTrue(run.out().lines().count() > 20, run.out());
  }

  @Test
  void wrongUsageIsTwo() {
    assertEquals(2, Run.of().code());
    assertEquals(2, Run.of("cat").code());
    assertEquals(2, Run.of("fly", GOOD).code());
    assertEquals(2, Run.of("cat", "--fast", GOOD).code());
    assertEquals(2, Run.of("cat", "-n", "-1", GOOD).code());
    assertEquals(2, Run.of("cat", "-n", "many", GOOD).code());
    assertEquals(2, Run.of("cat", "--format", "xml", GOOD).code());
    assertEquals(2, Run.of("cat", "--engine", "steam", GOOD).code());
    assertEquals(2, Run.of("crosscheck", "--engines", "pure,steam", GOOD).code());
    assertEquals(2, Run.of("crosscheck", "--engines", "liar", GOOD).code());
  }

  @Test
  void anUnknownColumnIsWrongUsageAndNamesThoseThereAre() {
    Run run = Run.of("cat", "--columns", "station,nope", GOOD);
    assertEquals(2, run.code());
    assertTrue(run.err().contains("station, name, time"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void theHighestCodeOfSeveralFilesCounts() throws IOException {
    assertEquals(
        2, Run.of("cat", "--columns", "station", truncated(), Run.data("money.arrow")).code());
  }

  @Test
  void crosscheckOfWhatAllReadIsFine() {
    assertEquals(0, Run.of("crosscheck", "--engines", "pure", GOOD).code());
  }

  @Test
  void crosscheckOfWhatAllRefuseAlikeIsBad() throws IOException {
    Liar.awake = true;
    assertEquals(1, Run.of("crosscheck", "--engines", "pure,liar", truncatedSchema()).code());
  }

  private String truncatedSchema() throws IOException {
    return file("head.arrows", Arrays.copyOf(Files.readAllBytes(Path.of(GOOD)), 100));
  }

  @Test
  void crosscheckWithADifferenceIsThreeAndShowsIt() throws IOException {
    Liar.awake = true;
    Run run = Run.of("crosscheck", "--engines", "pure,liar", truncatedSchema(), GOOD);
    assertEquals(3, run.code());
    assertTrue(run.out().contains(": different\n"), run.out());
    assertTrue(
        run.out().contains("difference: schema metadata: pure 2 pairs, liar 1 pairs"), run.out());
    Run json = Run.of("crosscheck", "--json", "--all", "--engines", "pure,liar", GOOD);
    assertEquals(3, json.code());
    assertTrue(json.out().contains("\"part\":\"schema metadata\",\"row\":null"), json.out());
    assertTrue(json.out().contains("\"differenceCount\":2"), json.out());
  }

  @Test
  void aClosedPipeEndsQuietly() {
    Run run = writingTo("Broken pipe");
    assertEquals(0, run.code());
    assertEquals("", run.err());
  }

  @Test
  void aFullDiskIsBad() {
    Run run = writingTo("No space left on device");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("No space left on device"), run.err());
  }

  private static Run writingTo(String failure) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
    int code = Main.run(new Terminal(broken, new PrintStream(err, true), 0), "cat", GOOD);
    assertFalse(err.toString().contains("internal error"), err.toString());
    return new Run(code, "", err.toString());
  }
}
