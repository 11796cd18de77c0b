package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The integration command: its modes, the spellings of other tools, exit codes. */
class IntegrationCommandTest {
  private static final Path JSON = Run.ROOT.resolve("testdata/integration");

  @TempDir Path folder;

  private static String json(String name) {
    return JSON.resolve(name + ".json").toString();
  }

  private String arrow(String name, String... options) {
    String path = folder.resolve(name + ".arrow").toString();
    Run run =
        integration("--mode", "JSON_TO_ARROW", "--json", json(name), "--arrow", path, options);
    assertEquals(0, run.code(), run.err());
    return path;
  }

  private static Run integration(
      String a, String b, String c, String d, String e, String f, String... more) {
    String[] all = new String[7 + more.length];
    String[] first = {"integration", a, b, c, d, e, f};
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Run.of(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void everyModeGoesRound(String engine) throws IOException {
    String file = arrow("structs", "--engine", engine);
    byte[] stream = output("--mode=FILE_TO_STREAM", "--arrow=" + file, "--engine=" + engine);
    String back = folder.resolve("back.arrow").toString();
    InputStream stdin = System.in;
    try {
      System.setIn(new ByteArrayInputStream(stream));
      Run run = Run.of("integration", "--mode=STREAM_TO_FILE", "--arrow", back, "--engine", engine);
      assertEquals(0, run.code(), run.err());
      System.setIn(new ByteArrayInputStream(stream));
      byte[] toStdout = output("--mode=STREAM_TO_FILE", "--arrow=-", "--engine=" + engine);
      assertEquals(Files.size(Path.of(back)), toStdout.length);
    } finally {
      System.setIn(stdin);
    }
    String text = folder.resolve("back.json").toString();
    assertEquals(0, integration("--mode", "ARROW_TO_JSON", "--arrow", back, "--json", text).code());
    Run same = integration("--mode", "VALIDATE", "--arrow", file, "--json", text);
    assertEquals("", same.err());
    assertEquals(0, same.code());
  }

  private static byte[] output(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    String[] all = new String[args.length + 1];
    all[0] = "integration";
    System.arraycopy(args, 0, all, 1, args.length);
    int code = Main.run(new Terminal(out, messages, 0), all);
    assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  @Test
  void acceptsTheSpellingsOfOtherTools() {
    String file = arrow("lists");
    String json = json("lists");
    for (String[] spelling :
        new String[][] {
          {"--integration", "--arrow=" + file, "--json=" + json, "--mode=VALIDATE"},
          {
            "--integration",
            "--arrow=" + file,
            "--json=" + json,
            "--mode=VALIDATE",
            "--validate_decimals=false",
            "--validate_date64=false",
            "--validate_times=false"
          },
          {"-arrow", file, "-json", json, "-mode", "VALIDATE"},
          {"-integration=true", "-arrow=" + file, "-json=" + json, "-mode=validate"},
          {"-a", file, "-j", json, "-c", "VALIDATE"},
        }) {
      String[] all = new String[spelling.length + 1];
      all[0] = "integration";
      System.arraycopy(spelling, 0, all, 1, spelling.length);
      Run run = Run.of(all);
      assertEquals(0, run.code(), run.err());
      assertEquals("", run.err() + run.out());
    }
  }

  @Test
  void aDifferenceEndsWithOneAndItsPlace() throws IOException {
    String file = arrow("lists");
    Path changed = folder.resolve("changed.json");
    Files.writeString(
        changed, Files.readString(Path.of(json("lists"))).replace("[4, 5, 6, 3,", "[4, 5, 7, 3,"));
    Run run = integration("--mode", "VALIDATE", "--arrow", file, "--json", changed.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("batch 0, column listview, row 4"), run.err());
  }

  @Test
  void anOutputIsReplacedOnlyByAWholeOne() throws IOException {
    String file = arrow("lists");
    byte[] before = Files.readAllBytes(Path.of(file));
    Path cut = folder.resolve("cut.json");
    String text = Files.readString(Path.of(json("lists")));
    Files.writeString(cut, text.substring(0, text.length() - 500));
    Run run = integration("--mode", "JSON_TO_ARROW", "--arrow", file, "--json", cut.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("JSON line"), run.err());
    assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(Path.of(file))));
    assertEquals(
        0,
        integration("--mode", "JSON_TO_ARROW", "--arrow", file, "--json", json("unions")).code());
  }

  @Test
  void theInputIsNeverTheOutput() {
    String file = arrow("lists");
    Run run = integration("--mode", "ARROW_TO_JSON", "--arrow", file, "--json", file);
    assertEquals(2, run.code());
  }

  @Test
  void wrongUseEndsWithTwoAndBadDataWithOne() {
    assertEquals(2, Run.of("integration").code());
    assertEquals(2, Run.of("integration", "--mode", "VALIDATE", "--arrow", "x").code());
    assertEquals(2, Run.of("integration", "--mode", "NOTHING", "--arrow", "x").code());
    String file = arrow("lists");
    Run engine =
        integration(
            "--mode", "VALIDATE", "--arrow", file, "--json", json("lists"), "--engine", "none");
    assertEquals(2, engine.code());
    Run missing = integration("--mode", "VALIDATE", "--arrow", file, "--json", file + ".missing");
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("no such file"), missing.err());
    assertFalse(missing.err().contains("internal error"), missing.err());
  }
}
