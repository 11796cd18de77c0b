package io.nanoarrow.pure.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LZ4 and Zstandard frames made by the reference libraries, whole and damaged. */
class CodecTest {
  private static final String LZ4 =
      "04224d1860408201010000f004726f772030206f66206d6f726520746578740a13001031130037736f6d13001e34"
          + "1300103913000b3900103614000a3a002e32351400113328000a3c00113450000a3c001f3677000011389e00"
          + "0a3c001e3363001f323b000020343728000a3b0020373214000a77000f1300001f337600001f362800001f39"
          + "ee0001019f000b77000177010a77001f315000001f353c000011393e010a3c001f34ef00001f39b400001134"
          + "50000a3c001f393c00001135a0000ab4001e382a011f36ef00001f326601001f383c00001f35770000113203"
          + "010b77000f19020101db000ac70011338c000a3c001f312800001f383f010011361400a06d6f726520746578"
          + "740a00000000";
  private static final String ZSTD_FAST =
      "28b52ffd6019023d0500b2051113a0a56d80b0571a86ff0d64774ac9b5b86f3c57ffb30a5dd7343bcc1c864f81ea"
          + "2bbdabb1848d7adb1877e6fcdd68d7330ba0b25434ec09840011889c355496040d7b022f2010c3393b64ccc3"
          + "3cccc33cccc33cccc33c0c0fe5248c45d56379ed4f440fdb43f984a5d7b66265719ab09e60827a09b3b894b0"
          + "bc13b113b0eaa12f21162512cea2dae31fd24211984e22f9254c150e2741587c7ba8ea313e91f077338e13";
  private static final String ZSTD_SMALL =
      "28b52ffd60190275030042450f10c0eb58570ff09f411a493249e1f76ab2ffc99de67dd13a504f846efad6fe2a9e"
          + "18a9fb4b1cc3c63ce2af9f8a5f1fa40eac565628099d60501081a11429a84150fbfa678099761140043b8486"
          + "20fc0136e50d1680dd98d5d3c9e56b2f4263f9e93515e3d58451309a65ab";

  /** Compressed bytes of {@link #CONTENT}. */
  private record Case(String name, Codec codec, byte[] compressed) {
    static Case of(String name, Codec codec, String hex) {
      return new Case(name, codec, HexFormat.of().parseHex(hex));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final byte[] CONTENT =
      IntStream.range(0, 40)
          .mapToObj(i -> "row " + i * i % 97 + " of " + (i % 3 == 0 ? "more" : "some") + " text\n")
          .collect(Collectors.joining())
          .getBytes(StandardCharsets.US_ASCII);

  private static byte[] decompress(Codec codec, byte[] compressed, int size) throws CodecException {
    return codec.decompress(Arrays.copyOf(compressed, compressed.length + Codec.PADDING), size);
  }

  private static List<Case> cases() {
    return List.of(
        Case.of("lz4", Codec.LZ4_FRAME, LZ4),
        Case.of("zstd 1", Codec.ZSTD, ZSTD_FAST),
        Case.of("zstd 19", Codec.ZSTD, ZSTD_SMALL));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wholeFrame(Case each) throws CodecException {
    assertArrayEquals(CONTENT, decompress(each.codec, each.compressed, CONTENT.length));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void otherSizeThanAnnounced(Case each) {
    for (int size : new int[] {0, 1, CONTENT.length - 1, CONTENT.length + 1, 1 << 30}) {
      assertThrows(CodecException.class, () -> decompress(each.codec, each.compressed, size));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCut(Case each) {
    for (int size = 0; size < each.compressed.length; size++) {
      byte[] cut = Arrays.copyOf(each.compressed, size);
      assertThrows(CodecException.class, () -> decompress(each.codec, cut, CONTENT.length));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void damageGivesTheSizeOrTheOneException(Case each) {
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = each.compressed.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertEquals(CONTENT.length, decompress(each.codec, bytes, CONTENT.length).length);
      } catch (CodecException e) {
        refused++;
      }
    }
    assertEquals(true, refused > 1000, refused + " refused");
  }

  @Test
  void zstdBlocksStoredAndRepeated() throws CodecException {
    byte[] frame = HexFormat.of().parseHex("28b52ffd2005" + "100000" + "6162" + "1b000078");
    assertArrayEquals(
        "abxxx".getBytes(StandardCharsets.US_ASCII), decompress(Codec.ZSTD, frame, 5));
  }

  @Test
  void zstdFramesFollowEachOther() throws CodecException {
    String stored = "28b52ffd2002" + "110000" + "6162";
    String skipped = "502a4d18" + "03000000" + "000000";
    byte[] frames = HexFormat.of().parseHex(stored + skipped + stored);
    assertArrayEquals(
        "abab".getBytes(StandardCharsets.US_ASCII), decompress(Codec.ZSTD, frames, 4));
  }

  @Test
  void zstdChecksumIsHeldAgainstTheData() throws CodecException {
    byte[] right = HexFormat.of().parseHex("28b52ffd2400" + "010000" + "99e9d851");
    assertEquals(0, decompress(Codec.ZSTD, right, 0).length);
    right[right.length - 1]++;
    assertThrows(CodecException.class, () -> decompress(Codec.ZSTD, right, 0));
  }

  @Test
  void hashesOfKnownTexts() {
    byte[] text = "Nobody inspects the spammish repetition".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xE2293B2F, XxHash32.hash(text, 0, text.length));
    assertEquals(0xFBCEA83C8A378BF1L, XxHash64.hash(text, 0, text.length));
    assertEquals(0x02CC5D05, XxHash32.hash(text, 0, 0));
    assertEquals(0xEF46DB3751D8E999L, XxHash64.hash(text, 0, 0));
  }

  @Test
  void announcedSizeIsNotAllocated() {
    byte[] bomb = new byte[64];
    System.arraycopy(HexFormat.of().parseHex("28b52ffd2000010000"), 0, bomb, 0, 9);
    assertThrows(
        CodecException.class, () -> decompress(Codec.ZSTD, bomb, Integer.MAX_VALUE - 1024));
    assertThrows(
        CodecException.class, () -> decompress(Codec.LZ4_FRAME, bomb, Integer.MAX_VALUE - 1024));
  }
}
