package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.crosscheck.json.IntegrationConversion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A difference says where in the file its byte lies. */
class FileOffsetTest {
  private static final Path JSON =
      Path.of(System.getProperty("project.root", "../.."))
          .resolve("testdata/integration/numbers.json");

  @TempDir Path folder;

  /** Reads another source than it is given. */
  private record Liar(Participant honest, Source other) implements Participant {
    @Override
    public String id() {
      return "liar";
    }

    @Override
    public @Nullable String unavailableReason() {
      return null;
    }

    @Override
    public Decoding open(Source source) throws IOException {
      return honest.open(other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aFlippedByteIsNamedByItsPlaceInTheFile(String engine) throws IOException {
    Path good = folder.resolve("good.arrow");
    new IntegrationConversion(engine).jsonToFile(JSON, good);
    byte[] bytes = Files.readAllBytes(good);
    int at = indexOf(bytes, 1.7e308);
    bytes[at] ^= 1;
    Path bad = Files.write(folder.resolve("bad.arrow"), bytes);
    Participant honest =
        CrossCheck.find(problem -> {}).stream()
            .filter(p -> p.id().equals(engine))
            .findFirst()
            .orElseThrow();
    Report report =
        new CrossCheck(List.of(honest, new Liar(honest, Source.of(bad))), false)
            .run(Source.of(good));
    Difference found = report.differences().get(0);
    assertEquals("double", found.column());
    assertEquals(3, found.row());
    assertEquals(at, found.fileOffset());
  }

  private static int indexOf(byte[] bytes, double value) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at <= bytes.length - Double.BYTES; at += Double.BYTES) {
      if (all.getDouble(at) == value) {
        return at;
      }
    }
    throw new AssertionError("no such value");
  }
}
