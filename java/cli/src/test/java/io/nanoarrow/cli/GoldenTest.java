package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help and output, word by word. */
class GoldenTest {
  @Test
  void helpOfTheWhole() throws IOException {
    Run.of("--help").assertGolden("help.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema", "cat", "stats", "inspect", "validate", "repair", "crosscheck"})
  void helpOfEachCommand(String command) throws IOException {
    Run.of(command, "-h").assertGolden("help-" + command + ".txt");
  }

  @Test
  void versionNamesTheEngines() {
    Run run = Run.of("--version");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("pure"), run.out());
    assertEquals(run.out(), Run.of("cat", "--version").out());
  }

  @Test
  void schemaAsText() throws IOException {
    Run.of(
            "schema",
            Run.data("weather.arrow"),
            Run.data("orders.arrows"),
            Run.data("labels.arrows"))
        .assertGolden("schema.txt");
  }

  @Test
  void schemaAsJson() throws IOException {
    Run.of("schema", "--json", Run.data("weather.arrow"), Run.data("labels.arrows"))
        .assertGolden("schema.json");
  }

  @Test
  void catAsCsvWithoutAScreen() throws IOException {
    Run.of("cat", "-n", "25", Run.data("weather.arrows")).assertGolden("cat.csv");
  }

  @Test
  void catAsTableOnAScreen() throws IOException {
    Run.onScreen(100, "cat", "-n", "5", Run.data("weather.arrow"), Run.data("modern.arrow"))
        .assertGolden("cat-table.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"money.arrow", "orders.arrow", "shapes.arrows", "labels.arrows"})
  void catAsJsonOfEveryKindOfType(String file) throws IOException {
    Run.of("cat", "--format", "json", Run.data(file)).assertGolden("cat-" + file + ".json");
  }

  @Test
  void catOfChosenColumns() throws IOException {
    Run.of("cat", "--columns", "address.street,id", Run.data("orders.arrow"))
        .assertGolden("cat-columns.csv");
  }

  @Test
  void stats() throws IOException {
    Run.of(
            "stats",
            Run.data("weather.arrows"),
            Run.data("labels.arrows"),
            Run.data("readings.zstd.arrows"))
        .assertGolden("stats.txt");
    Run.of("stats", "--json", Run.data("weather.arrow")).assertGolden("stats.json");
  }

  @Test
  void bothEnginesShowTheSame() {
    for (String file :
        new String[] {"weather.arrow", "orders.arrows", "shapes.arrows", "labels.arrows"}) {
      assertEquals(
          Run.of("cat", "--engine", "pure", Run.data(file)), Run.of("cat", Run.data(file)));
    }
  }
}
