package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.StreamWriter;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, where there is one: what is drawn, and what a hover shows. */
class WirePageTest {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 1100;

  /** Points at the middle of the map once all is drawn and leaves what is shown in the title. */
  private static final String HOVER =
      """
      <script>
      const map = document.getElementById("map"), box = map.getBoundingClientRect();
      map.dispatchEvent(new MouseEvent("mousemove",
          { clientX: box.left + box.width * 0.69, clientY: box.top + 8, bubbles: true }));
      document.body.dataset.hover = document.getElementById("tip").textContent;
      </script>
      """;

  private static String browser;

  @TempDir Path folder;

  @BeforeAll
  static void findBrowser() {
    browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(path -> Path.of(path, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse(null);
    if (browser == null) {
      System.out.println("LEFT OUT: the pages of inspect --html in a browser: no Chromium here");
    }
    Assumptions.assumeTrue(browser != null, "no Chromium");
  }

  private String browse(Path page, String... options) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=" + WIDTH + "," + HEIGHT));
    line.addAll(List.of(options));
    line.add(page.toUri().toString());
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(folder.resolve("log").toFile());
    // What a sanitizer has put into this process has no place in the browser.
    builder.environment().remove("LD_PRELOAD");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    return out;
  }

  private Path page(Path input) throws IOException {
    Path page = folder.resolve("page.html");
    Run.of("inspect", "--html", page.toString(), input.toString());
    return page;
  }

  private BufferedImage screenshot(Path page) throws IOException, InterruptedException {
    Path image = folder.resolve("page.png");
    browse(page, "--screenshot=" + image);
    BufferedImage shot = ImageIO.read(image.toFile());
    assertEquals(WIDTH, shot.getWidth());
    return shot;
  }

  private static Set<Integer> colours(BufferedImage shot) {
    Set<Integer> found = new HashSet<>();
    for (int y = 0; y < shot.getHeight(); y++) {
      for (int x = 0; x < shot.getWidth(); x++) {
        found.add(shot.getRGB(x, y) & 0xFFFFFF);
      }
    }
    return found;
  }

  /** Returns how many pixels of the longest row are of saturated colours, as buffers are. */
  private static int widest(BufferedImage shot) {
    int most = 0;
    for (int y = 0; y < shot.getHeight(); y++) {
      int count = 0;
      for (int x = 0; x < shot.getWidth(); x++) {
        int rgb = shot.getRGB(x, y);
        int red = rgb >> 16 & 0xFF;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        int spread = Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
        count += spread > 60 ? 1 : 0;
      }
      most = Math.max(most, count);
    }
    return most;
  }

  @Test
  void buffersAreDrawnToScale() throws Exception {
    BufferedImage shot = screenshot(page(Run.DATA.resolve("readings.zstd.arrows")));
    // 11845 of 12384 bytes lie in buffers; the map is 1350 pixels wide.
    int wanted = 1350 * 11845 / 12384;
    assertTrue(Math.abs(widest(shot) - wanted) < 30, widest(shot) + " pixels, not " + wanted);
  }

  @Test
  void aHoverTellsWhatLiesThere() throws Exception {
    Path page = page(Run.DATA.resolve("readings.zstd.arrows"));
    Files.writeString(page, Files.readString(page).replace("</body>", HOVER + "</body>"));
    String dom = browse(page, "--dump-dom");
    assertTrue(
        dom.contains(
            "data-hover=\"sensor: offsets\n6,454 bytes at 4,672\n12,004 decoded, ratio 1.86"),
        dom.substring(dom.indexOf("<body")).substring(0, 400));
  }

  @Test
  void tenThousandBuffersAreDrawn() throws Exception {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      fields.add(Field.of("c" + i, new ArrowType.Int(32, true)));
    }
    Schema schema = new Schema(fields, Metadata.EMPTY);
    Path wide = folder.resolve("wide.arrows");
    try (BatchBuilder builder = BatchBuilder.of(schema);
        StreamWriter writer = ArrowIpc.newStream(wide, schema, WriteOptions.DEFAULT)) {
      for (int b = 0; b < 5; b++) {
        for (int row = 0; row < 40; row++) {
          for (int i = 0; i < 1000; i++) {
            builder.column(i).appendNull();
          }
        }
        try (var batch = builder.build()) {
          writer.write(batch);
        }
      }
    }
    Path page = page(wide);
    String dom = browse(page, "--dump-dom");
    assertTrue(dom.contains("10,000 buffers"), "not all buffers");
    assertTrue(colours(screenshot(page)).size() > 300, "columns are not told apart");
  }

  @Test
  void problemsAreShown() throws Exception {
    byte[] bytes = Files.readAllBytes(Run.DATA.resolve("weather.arrow"));
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, 3000));
    String dom = browse(page(cut), "--dump-dom");
    assertTrue(dom.contains("no footer"), "the problem is not named");
    assertTrue(dom.contains(">2 problems<"), "problems are not counted");
  }
}
