package io.nanoarrow.crosscheck.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON that is none, is cut, or says what cannot be. */
class HostileJsonTest {
  private static final int MUTATIONS = 1500;

  @TempDir Path folder;

  private Path text(String json) throws IOException {
    return Files.writeString(folder.resolve("text.json"), json);
  }

  private static void readAll(Path json) throws IOException {
    try (IntegrationReader reader = IntegrationReader.open(json)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        IntegrationWriter.write(reader.schema(), List.of(batch), new ByteArrayOutputStream());
        batch.close();
      }
    }
  }

  private ArrowFormatException refused(String json) throws IOException {
    Path path = text(json);
    return assertThrows(ArrowFormatException.class, () -> readAll(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-128, 127, 0, 0, -1 | -128, 128, 0, 0, -1 | does not fit into 8 bits",
        "-128, 127, 0, 0, -1 | -128, 1.5, 0, 0, -1 | not a whole number",
        "-128, 127, 0, 0, -1 | -128, 127, 0, 0 | DATA of 4 elements",
        "[-128, 127, 0, 0, -1] | {} | not an array",
        "\"count\": 5, | \"size\": 5, | without its count",
        "\"int8\", \"count\": 5, \"VALIDITY\": [1, 1, 0, 1, 1] | \"int8\", \"count\": 5,"
            + " \"VALIDITY\": [1, 1, 0, 1] | VALIDITY of 4 elements",
        "\"int8\", \"count\": 5, \"VALIDITY\": [1, 1, 0, 1, 1] | \"int8\", \"count\": 5,"
            + " \"VALIDITY\": [1, 1, 0, 1, 2] | out of its range",
        "\"precision\": \"HALF\" | \"precision\": \"TINY\" | parameters that it cannot have",
        "\"bitWidth\": 8 | \"bitWidth\": 7 | parameters that it cannot have",
        "{\"name\": \"bool\"} | {\"name\": \"maybe\"} | an unknown name",
        "\"batches\" | \"bunches\" | no batches",
        "\"schema\" | \"schemer\" | no schema",
      })
  void isRefusedWithItsReason(String from, String to, String reason) throws IOException {
    String good = Files.readString(Golden.file("numbers"));
    int at = good.indexOf(from);
    assertTrue(at >= 0);
    ArrowFormatException e =
        refused(good.substring(0, at) + to + good.substring(at + from.length()));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lists | \"OFFSET\": [0, 2, 2, 2, 3, 6] | \"OFFSET\": [0, 3, 2, 2, 3, 6] | decreases",
        "lists | \"OFFSET\": [0, 2, 2, 2, 3, 6] | \"OFFSET\": [0, 2, 2, 2, 3, 7] | leads out",
        "lists | \"SIZE\": [2, 0, 0, 1, 3] | \"SIZE\": [9, 0, 0, 1, 3] | leads out of the child",
        "texts | \"OFFSET\": [0, 0, 1, | \"OFFSET\": [0, 0, 2, | does not fit DATA",
        "views | \"PREFIX_HEX\": \"6C6F6E67\", \"BUFFER_INDEX\": 0 | \"PREFIX_HEX\": \"6C6F6E67\","
            + " \"BUFFER_INDEX\": 5 | leads out of its buffers",
        "views | 6C6F6E67 | 6C6F6EXX | not hexadecimal",
        "unions | \"TYPE_ID\": [5, 7, 5, 7, 5] | \"TYPE_ID\": [5, 7, 5, 7, 6] | type id",
        "runs | \"DATA\": [2, 4, 5] | \"DATA\": [2, 2, 5] | do not increase",
        "dictionaries | \"DATA\": [0, 1, 0, 3, 0] | \"DATA\": [0, 1, 0, 4, 0] | outside of the",
        "dictionaries | \"id\": 7, \"data\" | \"id\": 8, \"data\" | dictionary 7 is missing",
        "decimals | \"999999999\" | \"9999999999\" | does not fit into 4 bytes",
      })
  void namesThatPointNowhereAreRefused(String file, String from, String to, String reason)
      throws IOException {
    String good = Files.readString(Golden.file(file));
    int at = good.indexOf(from);
    assertTrue(at >= 0, from);
    ArrowFormatException e =
        refused(good.substring(0, at) + to + good.substring(at + from.length()));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void aDictionaryThatHoldsItselfIsRefused() throws IOException {
    ArrowFormatException e =
        refused(
            """
            {"schema": {"fields": [{"name": "x", "nullable": true, "type": {"name": "list"},
              "dictionary": {"id": 1, "indexType": {"name": "int", "bitWidth": 8, "isSigned": true}},
              "children": [{"name": "y", "nullable": true, "type": {"name": "utf8"}, "children": [],
                "dictionary": {"id": 1}}]}]},
             "dictionaries": [{"id": 1, "data": {"count": 1, "columns": [
               {"name": "", "count": 1, "VALIDITY": [1], "OFFSET": [0, 1], "children": [
                 {"name": "y", "count": 1, "VALIDITY": [1], "DATA": [0]}]}]}}],
             "batches": [{"count": 1, "columns": [
               {"name": "x", "count": 1, "VALIDITY": [1], "DATA": [0]}]}]}
            """);
    assertTrue(e.getMessage().contains("holds itself"), e.getMessage());
  }

  @Test
  void aTextThatEndsEarlyIsTruncated() throws IOException {
    String good = Files.readString(Golden.file("null")).strip();
    for (int size = 0; size < good.length() - 1; size++) {
      ArrowFormatException e = refused(good.substring(0, size));
      // A text that ends within a word is one with a wrong word.
      assertTrue(
          e.kind() == ErrorKind.TRUNCATED || e.kind() == ErrorKind.INVALID_DATA, size + ": " + e);
    }
  }

  /** Any damage is an ArrowFormatException or goes unnoticed; nothing else is ever thrown. */
  @Test
  void damageIsRefusedAlike() throws IOException {
    Random random = new Random(7);
    List<Path> files = Golden.files();
    String alphabet = "0123456789-.,:\"[]{}truefalsnDATA \\\u0000é";
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(Files.readString(files.get(i % files.size())));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.setCharAt(at, c);
        } else {
          text.insert(at, c);
        }
      }
      Path path = folder.resolve("damaged.json");
      Files.write(path, text.toString().getBytes(StandardCharsets.UTF_8));
      try {
        readAll(path);
      } catch (ArrowFormatException e) {
        refused++;
      }
    }
    assertTrue(refused > MUTATIONS / 4, "only " + refused + " refused");
  }
}
