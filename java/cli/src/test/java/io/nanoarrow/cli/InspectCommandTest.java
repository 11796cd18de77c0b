package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir Path folder;

  private Path cut(String name, int size) throws IOException {
    byte[] bytes = Files.readAllBytes(Run.DATA.resolve(name));
    return Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, size));
  }

  @Test
  void layoutAsText() throws IOException {
    Run.of("inspect", Run.data("weather.arrow"), Run.data("labels.arrows"))
        .assertGolden("inspect.txt");
  }

  @Test
  void layoutAsJson() throws IOException {
    Run.of("inspect", "--json", Run.data("readings.zstd.arrows")).assertGolden("inspect.json");
  }

  @Test
  void aDamagedFileIsShownAsFarAsItGoesAndIsBad() throws IOException {
    Run run = Run.of("inspect", cut("weather.arrow", 1600).toString());
    assertEquals(ExitCode.BAD, run.code());
    assertTrue(run.out().contains("record batch at 544: metadata 352"), run.out());
    assertTrue(run.out().contains("problem at 1544: the input ends in metadata of 344 bytes"));
    assertTrue(run.out().contains("no footer"), run.out());
  }

  @Test
  void thePageDoesNotOverwriteAndIsForOneFile() throws IOException {
    Path page = Files.writeString(folder.resolve("page.html"), "mine");
    String weather = Run.data("weather.arrow");
    assertEquals(ExitCode.USAGE, Run.of("inspect", "--html", page.toString(), weather).code());
    assertEquals("mine", Files.readString(page));
    String other = folder.resolve("other.html").toString();
    assertEquals(ExitCode.USAGE, Run.of("inspect", "--html", other, weather, weather).code());
  }

  @Test
  void namesOfColumnsCannotEndThePagesScript() throws IOException {
    Path page = folder.resolve("page.html");
    byte[] bytes = Files.readAllBytes(Run.DATA.resolve("weather.arrow"));
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    String hostile = text.replace("celsius", "</scrip");
    assertFalse(hostile.equals(text));
    Path file =
        Files.writeString(
            folder.resolve("hostile"), hostile, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertEquals(0, Run.of("inspect", "--html", page.toString(), file.toString()).code());
    assertFalse(Files.readString(page).contains("</scrip\""));
    assertTrue(Files.readString(page).contains("\\u003c/scrip\""));
  }

  @Test
  void whatIsRepairedIsSaidWithWhatWasLost() throws IOException {
    Path out = folder.resolve("out.arrow");
    Run run = Run.of("repair", cut("weather.arrow", 2000).toString(), out.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().startsWith("kept: 1 batches, 20 rows, 0 dictionary batches, 1536 bytes\n"));
    assertTrue(run.out().contains("lost: 456 bytes\n"), run.out());
    assertEquals(0, Run.of("validate", out.toString()).code());
    assertEquals(
        ExitCode.USAGE, Run.of("repair", Run.data("weather.arrow"), out.toString()).code());
  }

  @Test
  void whatCannotBeRepairedLeavesNothing() throws IOException {
    Path out = folder.resolve("out.arrow");
    Run run = Run.of("repair", cut("weather.arrow", 20).toString(), out.toString());
    assertEquals(ExitCode.BAD, run.code());
    assertFalse(Files.exists(out));
    assertEquals(ExitCode.BAD, Run.of("repair", "no such file", out.toString()).code());
  }
}
