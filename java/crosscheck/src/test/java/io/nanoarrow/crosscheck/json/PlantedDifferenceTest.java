package io.nanoarrow.crosscheck.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** One thing is changed in JSON that went with a file: the comparison says which and where. */
class PlantedDifferenceTest {
  @TempDir static Path folder;

  /** A change of a text of testdata/integration and what is said about it. */
  private record Plant(String file, String from, String to, String found) {}

  private static final List<Plant> PLANTS =
      List.of(
          new Plant(
              "numbers",
              "\"DATA\": [-128, 127, 0, 0, -1]",
              "\"DATA\": [-128, 127, 0, 7, -1]",
              "batch 0, column int8, row 3, value: JSON 7, Arrow 0"),
          new Plant(
              "numbers",
              "\"count\": 3, \"VALIDITY\": [0, 1, 1], \"DATA\": [0.0, 65504.0,",
              "\"count\": 3, \"VALIDITY\": [0, 1, 1], \"DATA\": [0.0, 65472.0,",
              "batch 2, column half, row 1, value: JSON 65472.0, Arrow 65504.0"),
          new Plant(
              "numbers",
              "\"uint64\", \"count\": 5, \"VALIDITY\": [1, 1, 0, 1, 1]",
              "\"uint64\", \"count\": 5, \"VALIDITY\": [1, 1, 0, 0, 1]",
              "batch 0, column uint64, row 3, value: JSON null, Arrow 1"),
          new Plant(
              "texts",
              "\"OFFSET\": [0, 0, 1, 1, 10, 48], \"DATA\": [\"\", \"a\"",
              "\"OFFSET\": [0, 0, 1, 1, 10, 48], \"DATA\": [\"\", \"b\"",
              "batch 0, column utf8, row 1, value: JSON b, Arrow a"),
          new Plant(
              "views",
              "twelve bytes",
              "twelve bytez",
              "batch 0, column text, row 1, value: JSON twelve bytez, Arrow twelve bytes"),
          new Plant(
              "times",
              "{\"months\": -1, \"days\": 2,",
              "{\"months\": -1, \"days\": 3,",
              "batch 0, column month-day-nano, row 3, value: JSON"),
          new Plant(
              "structs",
              "\"OFFSET\": [0, 1, 2, 2, 2, 2], \"DATA\": [\"x\", \"y\"",
              "\"OFFSET\": [0, 1, 2, 2, 2, 2], \"DATA\": [\"x\", \"z\"",
              "batch 0, column pair.b, row 1, value: JSON z, Arrow y"),
          new Plant(
              "structs",
              "\"OFFSET\": [0, 2, 2, 2, 4, 5]",
              "\"OFFSET\": [0, 2, 2, 2, 3, 5]",
              "batch 0, column map, row 3, value: JSON"),
          new Plant(
              "lists",
              "\"OFFSET\": [4, 4, 4, 3, 0], \"SIZE\": [2, 0, 0, 1, 3]",
              "\"OFFSET\": [4, 4, 4, 3, 0], \"SIZE\": [2, 0, 0, 1, 2]",
              "batch 0, column listview, row 4, value: JSON [4, 5], Arrow [4, 5, 6]"),
          new Plant(
              "unions",
              "\"TYPE_ID\": [5, 7, 5, 7, 5], \"OFFSET\": [0, 0, 1, 1, 2]",
              "\"TYPE_ID\": [5, 7, 5, 7, 5], \"OFFSET\": [0, 0, 1, 1, 0]",
              "batch 0, column dense, row 4, value: JSON 1, Arrow 2"),
          new Plant(
              "runs",
              "\"DATA\": [1, 2, 4, 5]}",
              "\"DATA\": [1, 3, 4, 5]}",
              "batch 0, column texts16, row 2, value: JSON null, Arrow a"),
          new Plant(
              "decimals",
              "\"decimal32\", \"count\": 5, \"VALIDITY\": [1, 1, 0, 1, 1], \"DATA\": [\"0\"",
              "\"decimal32\", \"count\": 5, \"VALIDITY\": [1, 1, 0, 1, 1], \"DATA\": [\"5\"",
              "batch 0, column decimal32, row 0, value: JSON 0.05, Arrow 0.00"),
          new Plant(
              "dictionaries",
              "\"DATA\": [\"9223372036854775807\", \"-1\", \"0\"]",
              "\"DATA\": [\"9223372036854775807\", \"-1\", \"1\"]",
              "batch 0, column numbers, row 3, value: JSON 1, Arrow 0"),
          new Plant(
              "dictionaries",
              "{\"count\": 2, \"columns\": [{\"name\": \"DICT7\", \"count\": 2,"
                  + " \"VALIDITY\": [1, 1], \"DATA\": [1, 2]}",
              "{\"count\": 3, \"columns\": [{\"name\": \"DICT7\", \"count\": 3,"
                  + " \"VALIDITY\": [1, 1, 1], \"DATA\": [1, 2, 9]}",
              "batch 0, column dates, dictionary: JSON 3 values, Arrow 2 values"),
          new Plant(
              "metadata",
              "{\"key\": \"k\", \"value\": \"again\"}",
              "{\"key\": \"k\", \"value\": \"often\"}",
              "column x, schema: JSON metadata"),
          new Plant(
              "metadata",
              "{\"key\": \"schema\", \"value\": \"value\"}, ",
              "",
              "schema: JSON metadata"),
          new Plant(
              "duplicates",
              "{\"name\": \"x\", \"type\": {\"name\": \"utf8\"}",
              "{\"name\": \"y\", \"type\": {\"name\": \"utf8\"}",
              "column y, schema: JSON name y, Arrow name x"),
          new Plant(
              "lists",
              "{\"name\": \"element\", \"type\": {\"name\": \"utf8\"}, \"nullable\": false",
              "{\"name\": \"element\", \"type\": {\"name\": \"utf8\"}, \"nullable\": true",
              "column own-name.element, schema: JSON nullable, Arrow not null"),
          new Plant(
              "dictionaries",
              "\"indexType\": {\"name\": \"int\", \"isSigned\": true, \"bitWidth\": 8},"
                  + " \"isOrdered\": true",
              "\"indexType\": {\"name\": \"int\", \"isSigned\": true, \"bitWidth\": 8},"
                  + " \"isOrdered\": false",
              "column words-8-True, schema: JSON indices int8, Arrow indices int8, ordered"),
          new Plant(
              "no-columns", "{\"count\": 3,", "{\"count\": 4,", "batch 0, rows: JSON 4, Arrow 3"));

  @TestFactory
  Stream<DynamicTest> isFoundWhereItIs() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Plant plant : PLANTS) {
      for (String engine : CorpusTest.ENGINES) {
        tests.add(
            DynamicTest.dynamicTest(
                plant.file + " " + plant.found + " " + engine, () -> check(plant, engine)));
      }
    }
    return tests.stream();
  }

  private static void check(Plant plant, String engine) throws IOException {
    Path json = Golden.file(plant.file);
    Path arrow = folder.resolve("good.arrow");
    new IntegrationConversion(engine).jsonToFile(json, arrow);
    String good = Files.readString(json);
    String bad =
        good.replaceFirst(
            java.util.regex.Pattern.quote(plant.from),
            java.util.regex.Matcher.quoteReplacement(plant.to));
    assertNotEquals(good, bad);
    Path changed = folder.resolve("changed.json");
    Files.writeString(changed, bad);
    var found = new IntegrationCheck(engine, Quirks.NONE).firstDifference(changed, arrow);
    assertEquals(plant.found, cut(String.valueOf(found), plant.found.length()));
  }

  private static String cut(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }

  @Test
  void aMissingBatchIsCounted() throws IOException {
    Path arrow = folder.resolve("fewer.arrow");
    try (IntegrationReader in = IntegrationReader.open(Golden.file("lists"));
        BatchWriter out = ArrowIpc.newFile(arrow, in.schema());
        RecordBatch first = in.next()) {
      out.write(first);
    }
    var found =
        new IntegrationCheck("pure", Quirks.NONE).firstDifference(Golden.file("lists"), arrow);
    assertEquals("batches: JSON 3, Arrow 1", String.valueOf(found));
  }

  @Test
  void bytesUnderNullsPlayNoPart() throws IOException {
    Path json = Golden.file("numbers");
    Path arrow = folder.resolve("good.arrow");
    new IntegrationConversion("pure").jsonToFile(json, arrow);
    String bad =
        Files.readString(json)
            .replace("\"DATA\": [-128, 127, 0, 0, -1]", "\"DATA\": [-128, 127, 99, 0, -1]");
    Path changed = folder.resolve("changed.json");
    Files.writeString(changed, bad);
    assertNull(new IntegrationCheck("pure", Quirks.NONE).firstDifference(changed, arrow));
  }
}
