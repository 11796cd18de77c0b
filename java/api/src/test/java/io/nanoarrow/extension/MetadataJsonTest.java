package io.nanoarrow.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataJsonTest {
  @Test
  void everyKindOfValueIsRead() {
    assertEquals(
        Map.of("a", List.of(1L, -20L, 1.5, 1e3), "b", Map.of(), "c", List.of()),
        MetadataJson.parse(" {\"a\" : [1, -20,1.5 , 1e3], \"b\":{}, \"c\":[ ] } "));
    assertEquals(Arrays.asList(true, false, null), MetadataJson.parse("[true,false,\nnull]"));
    assertEquals("a\"\\/\b\f\n\r\té", MetadataJson.parse("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1,\"a\":2}",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "tru",
        "nul",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"\t\"",
        "[1] 2",
        "NaN",
        "'a'",
        "99999999999999999999",
        "- 1"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> MetadataJson.parse(text), text);
  }

  @Test
  void nestingIsBounded() {
    String deep = "[".repeat(100_000);
    assertThrows(IllegalArgumentException.class, () -> MetadataJson.parse(deep));
    assertEquals(List.of(List.of()), MetadataJson.parse("[[]]"));
  }

  @Test
  void whatIsPrintedIsReadBack() {
    String text = "{\"a\":[1,null,\"\\\"\\\\\\u0001é\"],\"b\":{},\"c\":[],\"d\":true}";
    assertEquals(text, MetadataJson.print(MetadataJson.parse(text)));
  }
}
