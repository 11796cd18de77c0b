package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.testing.ArrowTesting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Files by other implementations: the good ones are read, stream like file; fuzzed ones are not.
 */
class CorpusTest {
  @Test
  void integrationFilesAreReadAlikeFromStreamAndFile() throws IOException {
    int read = 0;
    for (Path stream : ArrowTesting.files("the corpus of good files", "integration", ".stream")) {
      String name = stream.toString();
      Path file = Path.of(name.replaceAll("\\.stream$", ".arrow_file"));
      List<List<Object>> values = read(stream);
      assertEquals(text(values), text(read(file)), name);
      read++;
    }
    assertTrue(read > 20 || ArrowTesting.dir().isEmpty(), read + " read");
  }

  @Test
  void fuzzedFilesAreReadOrRefused() throws IOException {
    for (Path path : ArrowTesting.files("the corpus of fuzzed files", "", "")) {
      if (!path.getParent().getFileName().toString().startsWith("fuzz-")) {
        continue;
      }
      try {
        read(path);
      } catch (ArrowFormatException e) {
        assertTrue(e.getMessage().length() < 2000);
      }
    }
  }

  private static String text(List<List<Object>> values) {
    StringBuilder text = new StringBuilder();
    for (List<Object> column : values) {
      for (Object value : column) {
        append(text, value);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Object value) {
    if (value instanceof byte[] bytes) {
      text.append(java.util.HexFormat.of().formatHex(bytes)).append(' ');
    } else if (value instanceof List<?> list) {
      list.forEach(each -> append(text, each));
    } else {
      text.append(value).append(' ');
    }
  }

  private static List<List<Object>> read(Path path) throws IOException {
    ReadOptions limited = Reading.PURE.toBuilder().maxBodyBytes(1 << 28).build();
    BatchReader reader = ArrowIpc.open(path, limited);
    return Reading.values(reader);
  }
}
