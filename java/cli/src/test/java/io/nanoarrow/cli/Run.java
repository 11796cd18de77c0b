package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One run of the command in this process: what it wrote and how it ended. */
record Run(int code, String out, String err) {
  static final Path ROOT = Path.of(System.getProperty("project.root", "../..")).toAbsolutePath();
  static final Path DATA = ROOT.resolve("examples/data");

  private static final Path GOLDEN = ROOT.resolve("java/cli/src/test/resources/golden");

  static Run of(String... args) {
    return onScreen(0, args);
  }

  /** Runs it as if data went to a screen of so many columns. */
  static Run onScreen(int columns, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = Main.run(new Terminal(out, messages, columns), args);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Returns the path of a file of examples/data. */
  static String data(String name) {
    return DATA.resolve(name).toString();
  }

  /** Returns the output with the folder of the example data taken away. */
  String neutral() {
    return out.replace(DATA + "/", "");
  }

  /**
   * Checks success and compares the output with a file of src/test/resources/golden; with {@code
   * -Dgolden.update=true} writes it.
   */
  void assertGolden(String name) throws IOException {
    assertEquals("", err);
    assertEquals(0, code);
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, neutral());
    }
    assertEquals(Files.readString(file), neutral());
  }
}
