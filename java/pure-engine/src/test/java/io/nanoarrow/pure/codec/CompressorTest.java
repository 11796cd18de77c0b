package io.nanoarrow.pure.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames made by our compressors, read by our decompressors. */
class CompressorTest {
  private static final int CHUNK = FrameCompressor.CHUNK_SIZE;

  private record Kind(Codec codec, int level) {
    FrameCompressor compressor() {
      return codec.compressor(level);
    }
  }

  private static List<Kind> kinds() {
    return List.of(new Kind(Codec.LZ4_FRAME, 1), new Kind(Codec.ZSTD, 1), new Kind(Codec.ZSTD, 9));
  }

  /** Returns a frame whose bytes are followed by those that decompressors read beyond it. */
  private static byte[] compress(FrameCompressor compressor, byte[] content) {
    byte[] out = new byte[content.length + content.length / 200 + 4096];
    Arrays.fill(out, (byte) 0x55);
    int end = compressor.begin(content.length, out, 0);
    int from = 0;
    do {
      int to = Math.min(content.length, from + CHUNK);
      int bound = compressor.bound(to - from);
      int stop = compressor.chunk(content, from, to, to == content.length, out, end);
      assertTrue(stop - end <= bound, (stop - end) + " bytes are more than " + bound);
      end = stop;
      from = to;
    } while (from < content.length);
    end = compressor.end(out, end);
    return Arrays.copyOf(out, end + Codec.PADDING);
  }

  private static int roundTrip(Kind kind, FrameCompressor compressor, byte[] content)
      throws CodecException {
    byte[] frame = compress(compressor, content);
    assertArrayEquals(content, kind.codec.decompress(frame, content.length));
    return frame.length - Codec.PADDING;
  }

  private static byte[] text(int size, Random random) {
    StringBuilder text = new StringBuilder();
    String[] words = {"alpha", "beta", "gamma", "delta", "epsilon", " ", ", ", "row ", "\n"};
    while (text.length() < size) {
      text.append(words[random.nextInt(words.length)]).append(random.nextInt(100));
    }
    return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] numbers(int size, int width, int bound, Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(size + 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + width <= size; i += width) {
      bytes.putLong(i, random.nextInt(bound));
    }
    return Arrays.copyOf(bytes.array(), size);
  }

  private static byte[] noise(int size, Random random) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns content of many kinds, of a size. */
  private static List<byte[]> contents(int size, Random random) {
    List<byte[]> all = new ArrayList<>();
    all.add(new byte[size]);
    all.add(noise(size, random));
    all.add(text(size, random));
    all.add(numbers(size, 8, 1000, random));
    all.add(numbers(size, 4, 2, random));
    byte[] skewed = new byte[size];
    for (int i = 0; i < size; i++) {
      skewed[i] = (byte) (-Math.log(random.nextDouble() + 1e-9) * 6);
    }
    all.add(skewed);
    byte[] mixed = noise(size, random);
    for (int i = 0; i < size; i++) {
      mixed[i] = (i >> 12 & 3) == 0 ? (byte) (i >> 7) : (i >> 12 & 3) == 1 ? 7 : mixed[i];
    }
    all.add(mixed);
    byte[] copies = noise(size, random);
    for (int at = 1; at < size; ) {
      int distance = 1 + random.nextInt(at);
      int length = Math.min(size - at, random.nextInt(60));
      for (int i = 0; i < length; i++) {
        copies[at + i] = copies[at + i - distance];
      }
      at += length + random.nextInt(20) + 1;
    }
    all.add(copies);
    return all;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everySmallSize(Kind kind) throws CodecException {
    Random random = new Random(1);
    FrameCompressor compressor = kind.compressor();
    for (int size = 0; size < 700; size += size < 150 ? 1 : 13) {
      for (byte[] content : contents(size, random)) {
        roundTrip(kind, compressor, content);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sizesAroundBlocksAndChunks(Kind kind) throws CodecException {
    Random random = new Random(2);
    FrameCompressor compressor = kind.compressor();
    for (int edge : new int[] {1 << 8, 1 << 10, 1 << 14, 1 << 17, CHUNK}) {
      for (int size = edge - 2; size <= edge + 2; size += 2) {
        for (byte[] content : contents(size, random)) {
          roundTrip(kind, compressor, content);
        }
      }
    }
    for (byte[] content : contents(3 * CHUNK + 12345, random)) {
      roundTrip(kind, compressor, content);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatRepeatsShrinksAndNoiseHardlyGrows(Kind kind) throws CodecException {
    Random random = new Random(3);
    FrameCompressor compressor = kind.compressor();
    int size = 500_000;
    assertTrue(roundTrip(kind, compressor, new byte[size]) < size / 200);
    assertTrue(roundTrip(kind, compressor, text(size, random)) < size * 7 / 10);
    assertTrue(roundTrip(kind, compressor, numbers(size, 8, 1000, random)) < size / 2);
    assertTrue(roundTrip(kind, compressor, noise(size, random)) < size + 100);
  }

  @Test
  void zstandardCodesSkewedLiterals() throws CodecException {
    Kind kind = new Kind(Codec.ZSTD, 1);
    byte[] skewed = contents(200_000, new Random(4)).get(5);
    assertTrue(roundTrip(kind, kind.compressor(), skewed) < skewed.length * 6 / 10);
  }

  @Test
  void codesThatWouldBeTooLongAreCut() throws CodecException {
    Kind kind = new Kind(Codec.ZSTD, 1);
    ByteBuffer bytes = ByteBuffer.allocate(130_000);
    int a = 1;
    int b = 1;
    for (int symbol = 0; bytes.remaining() > a; symbol++) {
      for (int i = 0; i < a; i++) {
        bytes.put((byte) (symbol * 11));
      }
      int sum = a + b;
      a = b;
      b = sum;
    }
    byte[] content = Arrays.copyOf(bytes.array(), bytes.position());
    Random random = new Random(5);
    for (int i = content.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      byte swapped = content[i];
      content[i] = content[j];
      content[j] = swapped;
    }
    assertTrue(roundTrip(kind, kind.compressor(), content) < content.length / 2);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sameContentGivesSameBytesWhateverWasBefore(Kind kind) {
    Random random = new Random(6);
    FrameCompressor used = kind.compressor();
    for (byte[] content : contents(40_000, random)) {
      assertArrayEquals(compress(kind.compressor(), content), compress(used, content));
    }
  }

  @Test
  void contentInsideAnArray() throws CodecException {
    Random random = new Random(7);
    byte[] content = text(5000, random);
    for (Kind kind : kinds()) {
      FrameCompressor compressor = kind.compressor();
      byte[] array = noise(9000, random);
      System.arraycopy(content, 0, array, 3001, content.length);
      byte[] out = new byte[9000];
      int end = compressor.begin(content.length, out, 0);
      end = compressor.chunk(array, 3001, 3001 + content.length, true, out, end);
      end = compressor.end(out, end);
      byte[] frame = Arrays.copyOf(out, end + Codec.PADDING);
      assertArrayEquals(content, kind.codec.decompress(frame, content.length));
    }
  }
}
