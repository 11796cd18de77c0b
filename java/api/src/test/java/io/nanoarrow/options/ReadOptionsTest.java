package io.nanoarrow.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOptionsTest {
  @Test
  void builderStartsFromWhatItIsGiven() {
    ReadOptions options =
        ReadOptions.hardened().toBuilder().engine("pure").memoryMap(false).build();
    assertEquals("pure", options.engine());
    assertFalse(options.memoryMap());
    assertEquals(ReadOptions.hardened().maxBodyBytes(), options.maxBodyBytes());
    assertEquals(ReadOptions.hardened().maxMetadataBytes(), options.maxMetadataBytes());
    assertEquals(ReadOptions.hardened().maxFields(), options.maxFields());
    assertEquals(1L << 30, options.maxDecompressedBytes());
    assertEquals(16L << 30, options.maxDecompressedBytesTotal());
    assertEquals(1000, options.maxDecompressionRatio());
    assertEquals(64, options.maxDepth());
    assertTrue(options.useThreads());
    assertFalse(ReadOptions.builder().useThreads(false).build().toBuilder().build().useThreads());
    assertEquals(Long.MAX_VALUE, ReadOptions.DEFAULT.maxDecompressedBytes());
    ReadOptions raw =
        ReadOptions.builder().ensureNativeByteOrder(false).footerOffset(9).build().toBuilder()
            .build();
    assertFalse(raw.ensureNativeByteOrder());
    assertEquals(9, raw.footerOffset());
    assertEquals(-1, ReadOptions.DEFAULT.toBuilder().build().footerOffset());
    assertTrue(ReadOptions.DEFAULT.ensureNativeByteOrder());
    assertNull(ReadOptions.DEFAULT.engine());
    assertTrue(ReadOptions.DEFAULT.memoryMap());
  }

  @Test
  void depthIsCutToWhatColumnsCanNest() {
    assertEquals(128, ReadOptions.builder().maxDepth(1000).build().maxDepth());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void limitsMustBePositive(int limit) {
    ReadOptions.Builder builder = ReadOptions.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.maxBodyBytes(limit));
    assertThrows(IllegalArgumentException.class, () -> builder.maxDecompressedBytes(limit));
    assertThrows(IllegalArgumentException.class, () -> builder.maxDecompressedBytesTotal(limit));
    assertThrows(IllegalArgumentException.class, () -> builder.maxDecompressionRatio(limit));
    assertThrows(IllegalArgumentException.class, () -> builder.footerOffset(limit));
    assertThrows(IllegalArgumentException.class, () -> builder.maxMetadataBytes(limit));
    assertThrows(IllegalArgumentException.class, () -> builder.maxDepth(limit));
    assertThrows(IllegalArgumentException.class, () -> builder.maxFields(limit));
  }
}
