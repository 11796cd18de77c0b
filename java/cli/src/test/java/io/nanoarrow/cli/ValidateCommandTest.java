package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateCommandTest {
  @TempDir Path folder;

  /** weather.arrows with one byte of a string that no UTF-8 has. */
  private String damaged() throws IOException {
    byte[] bytes = Files.readAllBytes(Run.DATA.resolve("weather.arrows"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[text.lastIndexOf("Bornholm")] = (byte) 0xFF;
    return Files.write(folder.resolve("damaged.arrows"), bytes).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void allExamplesAreValid(String engine) throws IOException {
    List<String> files;
    try (Stream<Path> found = Files.list(Run.DATA)) {
      files = found.map(Path::toString).filter(name -> name.contains(".arrow")).sorted().toList();
    }
    assertTrue(files.size() >= 10, files.toString());
    for (String file : files) {
      Run run = Run.of("validate", "--engine", engine, file);
      assertEquals("", run.err());
      assertEquals(0, run.code(), run.out());
      assertTrue(run.out().contains(": valid, "), run.out());
    }
  }

  @Test
  void whatAValidFileIsSaidToHold() {
    assertEquals(
        "weather.arrows: valid, 3 batches, 60 rows\n",
        Run.of("validate", Run.data("weather.arrows")).neutral());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aDefectIsNamedWithItsPlaceAndTheRestStillRun(String engine) throws IOException {
    Run run = Run.of("validate", "--engine", engine, damaged(), Run.data("weather.arrow"));
    assertEquals(1, run.code());
    assertEquals("", run.err());
    assertTrue(run.out().contains("damaged.arrows: bad after "), run.out());
    assertTrue(run.out().contains("a string that is not UTF-8"), run.out());
    assertTrue(run.out().contains("row "), run.out());
    assertTrue(run.out().contains("(at byte "), run.out());
    assertTrue(run.out().contains("weather.arrow: valid"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aDefectAsJson(String engine) throws IOException {
    Run run = Run.of("validate", "--json", "--engine", engine, damaged());
    assertEquals(1, run.code());
    assertTrue(run.out().contains("\"valid\":false"), run.out());
    assertTrue(run.out().contains("\"kind\":\"INVALID_DATA\""), run.out());
    assertTrue(run.out().contains("\"byteOffset\":"), run.out());
    assertTrue(run.out().contains("\"row\":"), run.out());
  }

  @Test
  void bothEnginesNameTheSameDefect() throws IOException {
    String file = damaged();
    assertEquals(
        Run.of("validate", "--json", "--engine", "native", file),
        Run.of("validate", "--json", "--engine", "pure", file));
  }

  @Test
  void aCutFileIsBad() throws IOException {
    byte[] bytes = Files.readAllBytes(Run.DATA.resolve("weather.arrows"));
    Path cut = folder.resolve("cut.arrows");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    Run run = Run.of("validate", cut.toString());
    assertEquals(1, run.code());
    assertTrue(run.out().contains("TRUNCATED"), run.out());
  }
}
