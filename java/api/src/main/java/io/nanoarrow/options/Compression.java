package io.nanoarrow.options;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the buffers of a body are compressed (format/Message.fbs, BodyCompression).
 *
 * @param codec the format of the compressed bytes
 * @param level the codec's own level, or null for its default
 */
public record Compression(Codec codec, @Nullable Integer level) {
  /** The codecs of the format. */
  public enum Codec {
    /** LZ4 frames. */
    LZ4_FRAME,
    /** Zstandard frames. */
    ZSTD
  }

  /** LZ4 frames at the default level. */
  public static final Compression LZ4 = new Compression(Codec.LZ4_FRAME, null);

  /** Zstandard at level 1, as Arrow's other writers. */
  public static final Compression ZSTD = new Compression(Codec.ZSTD, null);

  /** Checks that there is a codec. */
  public Compression {
    Objects.requireNonNull(codec);
  }

  /** Returns Zstandard at a level. */
  public static Compression zstd(int level) {
    return new Compression(Codec.ZSTD, level);
  }

  /**
   * Returns what a text names: {@code none} (null), {@code lz4}, {@code zstd}, either with {@code
   * :LEVEL}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static @Nullable Compression parse(String text) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
    if (name.equals("none") && colon < 0) {
      return null;
    }
    Codec codec =
        switch (name) {
          case "lz4", "lz4_frame" -> Codec.LZ4_FRAME;
          case "zstd" -> Codec.ZSTD;
          default ->
              throw new IllegalArgumentException(
                  "no compression \"" + text + "\": none, lz4 or zstd, with :LEVEL if wanted");
        };
    try {
      return new Compression(codec, colon < 0 ? null : Integer.valueOf(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no level in \"" + text + "\"", e);
    }
  }
}
