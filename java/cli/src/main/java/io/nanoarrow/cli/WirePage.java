package io.nanoarrow.cli;

import io.nanoarrow.inspect.WireReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A wire layout as one page that needs nothing else: the data and what draws it. */
final class WirePage {
  private static final String PLACE = "/*LAYOUT*/null";

  private WirePage() {}

  static String of(String name, WireReport report) throws IOException {
    String page;
    try (InputStream in = WirePage.class.getResourceAsStream("inspect.html")) {
      page = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    // Names of columns are the input's: they must not end the script.
    String data =
        Json.text(out -> WireJson.write(out, name, report))
            .replace("<", "\\u003c")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029");
    int at = page.indexOf(PLACE);
    return page.substring(0, at) + data + page.substring(at + PLACE.length());
  }
}
