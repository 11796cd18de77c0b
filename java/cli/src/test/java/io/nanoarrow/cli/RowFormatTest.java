package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Quoting, escaping and numbers. */
class RowFormatTest {
  private static String write(Function<Terminal, RowFormat> format, int columns, Object... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(bytes, System.err, columns);
    List<Selection.Pick> picks = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      picks.add(new Selection.Pick("c" + i, Field.of("c" + i, new ArrowType.Utf8()), List.of(i)));
    }
    RowFormat out = format.apply(terminal);
    out.begin(picks);
    out.row(values);
    out.end();
    terminal.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void csvQuotesWhatWouldBeMisread() {
    assertEquals(
        "c0,c1,c2,c3,c4,c5\na,\"b,c\",\"d\"\"e\",\"f\ng\",\"\",\n",
        write(CsvFormat::new, 0, "a", "b,c", "d\"e", "f\ng", "", null));
  }

  @Test
  void jsonIsOneEscapedLine() {
    assertEquals(
        "{\"c0\":\"a\\\"b\\\\\\n\\u0001é\",\"c1\":null}\n",
        write(JsonFormat::new, 0, "a\"b\\\n\u0001é", null));
  }

  @Test
  void jsonNumbersAreExact() {
    BigInteger uint64 = new BigInteger("18446744073709551615");
    assertEquals(
        "{\"c0\":18446744073709551615,\"c1\":-9223372036854775808,\"c2\":0.10,\"c3\":0.1,\"c4\":\"NaN\"}\n",
        write(
            JsonFormat::new, 0, uint64, Long.MIN_VALUE, new BigDecimal("0.10"), 0.1f, Double.NaN));
  }

  @Test
  void decimalsOfHostileScalesStayShort() {
    BigDecimal tiny = new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE);
    BigDecimal huge = new BigDecimal(BigInteger.TWO, Integer.MIN_VALUE);
    String expected = "c0,c1,c2\n1E-2147483647,2E+2147483648,1200\n";
    assertEquals(expected, write(CsvFormat::new, 0, tiny, huge, new BigDecimal("12E2")));
    assertEquals(
        "{\"c0\":1E-2147483647,\"c1\":2E+2147483648}\n", write(JsonFormat::new, 0, tiny, huge));
  }

  @Test
  void jsonKeepsRepeatedKeysOfMaps() {
    Object map = List.of(Map.entry("k", 1), Map.entry("k", 2));
    assertEquals(
        "{\"c0\":[{\"key\":\"k\",\"value\":1},{\"key\":\"k\",\"value\":2}]}\n",
        write(JsonFormat::new, 0, map));
  }

  @Test
  void aTableNeverSendsControlCharactersToTheScreen() {
    String text = write(TableFormat::new, 80, "\u001b[31mred\u0007\n\u202e");
    assertTrue(text.contains("\\u001b[31mred\\u0007\\n\\u202e"), text);
  }

  @Test
  void aTableFitsTheScreen() {
    String text = write(TableFormat::new, 40, "x".repeat(200), "y");
    text.lines().forEach(line -> assertTrue(line.length() <= 40, line));
    assertTrue(text.contains("…"), text);
  }
}
