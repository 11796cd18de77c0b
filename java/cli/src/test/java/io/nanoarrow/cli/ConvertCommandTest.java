package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
  private static final String STREAM = Run.data("weather.arrows");
  private static final String FILE = Run.data("weather.arrow");

  @TempDir Path folder;

  private static String sample(String name) {
    return Run.ROOT.resolve("testdata/crosscheck").resolve(name).toString();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static String rows(String file) {
    Run run = Run.of("cat", "--format", "json", file);
    assertEquals("", run.err());
    return run.out();
  }

  private static String stats(String file) {
    return Run.of("stats", file).out();
  }

  private static void fine(String... args) {
    Run run = Run.of(args);
    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource({"native,none", "native,lz4", "native,zstd:3", "pure,none", "pure,lz4", "pure,zstd"})
  void theOtherFormatAndBackHasTheSameRows(String engine, String codec) {
    String out = path("a.arrow");
    String back = path("b.arrows");
    fine("convert", "--engine", engine, "--compression", codec, STREAM, out);
    fine("convert", "--engine", engine, out, back);
    assertTrue(stats(out).contains("format: file"), stats(out));
    assertTrue(stats(out).contains("codec: " + codec.split(":")[0]), stats(out));
    assertTrue(stats(back).contains("format: stream"), stats(back));
    assertEquals(rows(STREAM), rows(out));
    assertEquals(rows(STREAM), rows(back));
    assertEquals(
        Run.of("schema", STREAM).out().replace(STREAM, ""),
        Run.of("schema", back).out().replace(back, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "a.arrow,file",
    "a.arrow_file,file",
    "a.feather,file",
    "a.arrows,stream",
    "a.stream,stream"
  })
  void theEndingOfTheNameSaysTheFormat(String name, String format) {
    fine("convert", FILE, path(name));
    assertTrue(stats(path(name)).contains("format: " + format), stats(path(name)));
  }

  @Test
  void theFormatAskedForGoesBeforeTheEnding() {
    fine("convert", "--to", "stream", FILE, path("a.arrow"));
    assertTrue(stats(path("a.arrow")).contains("format: stream"));
    fine("convert", "--to", "file", FILE, path("a.bin"));
    assertTrue(stats(path("a.bin")).contains("format: file"));
  }

  @Test
  void wrongUsageIsTwoAndNothingIsWritten() throws IOException {
    for (String[] args :
        new String[][] {
          {"convert", STREAM},
          {"convert", STREAM, path("a.bin")},
          {"convert", "--to", "parquet", STREAM, path("a")},
          {"convert", "--compression", "gzip", STREAM, path("a.arrow")},
          {"convert", "--compression", "zstd:fast", STREAM, path("a.arrow")},
          {"convert", "--alignment", "24", STREAM, path("a.arrow")},
          {"convert", "--batch-rows", "-1", STREAM, path("a.arrow")},
          {"convert", "--metadata-version", "V3", STREAM, path("a.arrow")},
          {"convert", "--columns", "nope", STREAM, path("a.arrow")},
          {"convert", "--engine", "steam", STREAM, path("a.arrow")},
          {"convert", "-", "-", path("a.arrow")},
        }) {
      Run run = Run.of(args);
      assertEquals(2, run.code(), Arrays.toString(args) + run.err());
      assertEquals(List.of(), left(), Arrays.toString(args));
    }
  }

  @Test
  void noInputIsOverwritten() throws IOException {
    Path copy = Files.copy(Path.of(FILE), folder.resolve("a.arrow"));
    Files.createLink(folder.resolve("hard.arrow"), copy);
    Files.createSymbolicLink(folder.resolve("soft.arrow"), copy);
    byte[] before = Files.readAllBytes(copy);
    for (String out : List.of("a.arrow", "hard.arrow", "soft.arrow")) {
      Run run = Run.of("convert", copy.toString(), path(out));
      assertEquals(2, run.code());
      assertTrue(run.err().contains("would be overwritten"), run.err());
    }
    assertEquals(2, Run.of("convert", "--out-dir", folder.toString(), copy.toString()).code());
    assertArrayEquals(before, Files.readAllBytes(copy));
    assertEquals(3, left().size());
  }

  @Test
  void inAFolderTheStemsAreKept() throws IOException {
    String out = path("made/of/folders");
    fine("convert", "--out-dir", out, STREAM, Run.data("money.arrow"));
    assertEquals(rows(STREAM), rows(out + "/weather.arrow"));
    fine("convert", "--out-dir", out, "--to", "stream", FILE);
    assertTrue(stats(out + "/weather.arrows").contains("format: stream"));
  }

  @Test
  void inputsOfOneNameAreRefusedBeforeAnythingIsWritten() throws IOException {
    Run run = Run.of("convert", "--out-dir", folder.toString(), STREAM, FILE);
    assertEquals(2, run.code());
    assertTrue(run.err().contains("would both become " + path("weather.arrow")), run.err());
    assertEquals(List.of(), left());
  }

  @Test
  void aBadInputIsNamedAndTheRestIsConverted() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(STREAM));
    Path bad = Files.write(folder.resolve("bad.arrows"), Arrays.copyOf(whole, whole.length - 200));
    String out = path("out");
    Run run = Run.of("convert", "--out-dir", out, bad.toString(), "no-such", FILE);
    assertEquals(1, run.code());
    assertTrue(run.err().contains(bad + ": TRUNCATED"), run.err());
    assertTrue(run.err().contains("no-such: no such file"), run.err());
    try (Stream<Path> all = Files.list(Path.of(out))) {
      assertEquals(List.of(Path.of(out, "weather.arrow")), all.toList());
    }
  }

  @Test
  void severalInputsBecomeOne() {
    fine("convert", STREAM, FILE, path("a.arrow"));
    assertEquals(rows(STREAM) + rows(FILE), rows(path("a.arrow")));
  }

  @Test
  void inputsOfOtherSchemasAreRefusedAndTheOldOutputStays() throws IOException {
    Files.writeString(folder.resolve("a.arrow"), "old");
    Run run = Run.of("convert", STREAM, Run.data("money.arrow"), path("a.arrow"));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("money.arrow: UNSUPPORTED: its schema is not"), run.err());
    assertEquals("old", Files.readString(folder.resolve("a.arrow")));
    assertEquals(List.of("a.arrow"), left());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aReplacedDictionaryGoesIntoAFileOnlyUnified(String engine) throws IOException {
    String in = sample("replacement.arrows");
    Run run = Run.of("convert", "--engine", engine, in, path("a.arrow"));
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("nanoarrow: " + in + ": UNSUPPORTED: column"), run.err());
    assertTrue(run.err().contains("is replaced"), run.err());
    assertEquals(List.of(), left());
    fine("convert", "--engine", engine, "--unify-dictionaries", in, path("a.arrow"));
    assertEquals(rows(in), rows(path("a.arrow")));
    fine("convert", "--engine", engine, in, path("a.arrows"));
    assertEquals(rows(in), rows(path("a.arrows")));
    assertFalse(stats(path("a.arrows")).contains("replaced dictionaries: 0"));
  }

  @Test
  void aDictionaryThatGrewIsADeltaInAFileUnaskedAndInAStreamWhenAsked() {
    String in = sample("delta.arrows");
    fine("convert", in, path("a.arrow"));
    assertEquals(rows(in), rows(path("a.arrow")));
    assertFalse(stats(path("a.arrow")).contains("dictionary deltas: 0"), stats(path("a.arrow")));
    fine("convert", in, path("b.arrows"));
    assertTrue(stats(path("b.arrows")).contains("dictionary deltas: 0"));
    fine("convert", "--deltas", in, path("c.arrows"));
    assertFalse(stats(path("c.arrows")).contains("dictionary deltas: 0"));
    assertEquals(rows(in), rows(path("c.arrows")));
  }

  @Test
  void someColumnsInOtherBatches() {
    fine("convert", "--columns", "station,time", "--batch-rows", "5", STREAM, path("a.arrow"));
    Run wanted = Run.of("cat", "--format", "json", "--columns", "station,time", STREAM);
    assertEquals(wanted.out(), rows(path("a.arrow")));
    long rows = wanted.out().lines().count();
    assertTrue(stats(path("a.arrow")).contains("batches: " + (rows + 4) / 5 + "\n"));
  }

  @Test
  void oldReadersGetOldFramingAndMetadata() throws IOException {
    fine("convert", "--legacy", "--metadata-version", "V4", STREAM, path("a.arrows"));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.arrows"));
    assertFalse(bytes[0] == -1 && bytes[1] == -1, "a continuation marker");
    assertEquals(rows(STREAM), rows(path("a.arrows")));
  }

  @Test
  void metadataOfTheFooterIsCarriedOver() throws IOException {
    try (var writer =
        io.nanoarrow.ArrowIpc.newFile(
            new io.nanoarrow.Output.PathOutput(folder.resolve("a.arrow")),
            io.nanoarrow.schema.Schema.of(),
            io.nanoarrow.options.WriteOptions.DEFAULT,
            io.nanoarrow.schema.Metadata.builder().add("key", "in the footer").build())) {
      assertEquals(0, writer.stats().recordBatches());
    }
    fine("convert", "--compression", "zstd", path("a.arrow"), path("b.arrow"));
    assertTrue(Run.of("schema", "--json", path("b.arrow")).out().contains("in the footer"));
  }

  private static byte[] output(InputStream in, String... args) {
    InputStream before = System.in;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setIn(in);
    try {
      int code = Main.run(new Terminal(out, new PrintStream(err, true), 0), args);
      assertEquals("", err.toString(StandardCharsets.UTF_8));
      assertEquals(0, code);
    } finally {
      System.setIn(before);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"weather.arrows", "weather.arrow"})
  void standardInputAndOutputAreTold(String name) throws IOException {
    byte[] input = Files.readAllBytes(Run.DATA.resolve(name));
    byte[] made = output(new ByteArrayInputStream(input), "convert", "-", "-");
    Path file = Files.write(folder.resolve("made"), made);
    assertTrue(stats(file.toString()).contains("format: stream"));
    assertEquals(rows(STREAM), rows(file.toString()));
    byte[] asFile = output(new ByteArrayInputStream(made), "convert", "--to", "file", "-", "-");
    Files.write(file, asFile);
    assertTrue(stats(file.toString()).contains("format: file"));
    assertEquals(rows(STREAM), rows(file.toString()));
  }

  private static Run writingTo(String failure) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(new Terminal(broken, new PrintStream(err, true), 0), "convert", STREAM, "-");
    return new Run(code, "", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aClosedPipeEndsQuietlyAndAFullDiskDoesNot() {
    assertEquals(new Run(0, "", ""), writingTo("Broken pipe"));
    Run full = writingTo("No space left on device");
    assertEquals(1, full.code());
    assertTrue(full.err().contains("No space left on device"), full.err());
  }

  @Test
  void aDeviceThatIsFullIsNamed() {
    Run run = Run.of("convert", "--to", "stream", STREAM, "/dev/full");
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("nanoarrow: /dev/full: "), run.err());
    assertTrue(run.err().contains("No space left"), run.err());
    assertEquals(1, Run.of("convert", STREAM, path("no/folder/a.arrow")).code());
  }
}
