package io.nanoarrow.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowMediaTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "application/vnd.apache.arrow.stream|application/vnd.apache.arrow.stream",
        "Application/Vnd.Apache.Arrow.File ; x=1|application/vnd.apache.arrow.file",
        "application/vnd.apache.arrow.stream;codecs=LZ4|application/vnd.apache.arrow.stream; codecs=lz4",
        "application/vnd.apache.arrow.stream; CODECS=\"zstd,lz4\"; q=0.5"
            + "|application/vnd.apache.arrow.stream; codecs=\"zstd, lz4\"",
        "application/vnd.apache.arrow.stream; note=\"a;codecs=no\\\";\"; codecs=\"zstd\""
            + "|application/vnd.apache.arrow.stream; codecs=zstd",
        "application/vnd.apache.arrow.stream; codecs=\"\"|application/vnd.apache.arrow.stream",
      })
  void headersAreReadAndWritten(String header, String written) {
    assertEquals(written, ArrowMediaType.parse(header).orElseThrow().toString());
    assertEquals(ArrowMediaType.parse(header), ArrowMediaType.parse(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/html",
        "application/vnd.apache.arrow.streams",
        "application/vnd.apache.arrow.stream; codecs=\"a b\"",
        "application/vnd.apache.arrow.stream; codecs=a=b"
      })
  void whatIsNotAboutArrowIsNone(String header) {
    assertEquals(Optional.empty(), ArrowMediaType.parse(header));
  }

  @Test
  void acceptIsOrderedByItsWeights() {
    List<ArrowMediaType> types =
        ArrowMediaType.parseAccept(
            "text/html, application/vnd.apache.arrow.file;q=0.3,"
                + "application/vnd.apache.arrow.stream; codecs=\"lz4,zstd\";q=0.8,"
                + "application/vnd.apache.arrow.stream;q=0,"
                + "application/vnd.apache.arrow.stream");
    assertEquals(
        List.of(
            ArrowMediaType.stream(), ArrowMediaType.stream("lz4", "zstd"), ArrowMediaType.file()),
        types);
  }

  @Test
  void theFirstCodecThatBothKnowIsChosen() {
    ArrowMediaType accepted = ArrowMediaType.stream("brotli", "zstd", "lz4");
    assertEquals(Optional.of("zstd"), accepted.firstCodecOf(List.of("lz4", "zstd")));
    assertEquals(Optional.empty(), accepted.firstCodecOf(List.of()));
  }

  @Test
  void whatIsNoNameOfACodecIsMisuse() {
    assertThrows(IllegalArgumentException.class, () -> ArrowMediaType.stream("a\"b"));
    assertThrows(IllegalArgumentException.class, () -> ArrowMediaType.stream(""));
  }
}
