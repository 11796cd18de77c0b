package io.nanoarrow.crosscheck;

import io.nanoarrow.spi.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is decoded: a path or bytes, a stream or a file. May be opened any number of times; the
 * content must not change meanwhile.
 */
public final class Source {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final @Nullable Path path;
  private final byte @Nullable [] bytes;
  private final boolean file;

  private Source(String name, @Nullable Path path, byte @Nullable [] bytes, boolean file) {
    this.name = name;
    this.path = path;
    this.bytes = bytes;
    this.file = file;
  }

  /**
   * A stream or file at a path.
   *
   * @throws IOException when it cannot be read
   */
  public static Source of(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      boolean file = Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
      return new Source(path.toString(), path, null, file);
    }
  }

  /** A stream or file in memory, which must not change. */
  public static Source of(String name, byte[] bytes) {
    boolean file =
        bytes.length >= MAGIC.length
            && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    return new Source(name, null, bytes, file);
  }

  /** Returns the path as given, or the name of the bytes. */
  public String name() {
    return name;
  }

  /** Tells whether the content begins like the file format; else it is taken for a stream. */
  public boolean isFile() {
    return file;
  }

  /** Returns the content for an engine; a new one each time. */
  public Input input() {
    return path != null
        ? new Input.PathInput(path)
        : new Input.BufferInput(ByteBuffer.wrap(bytesOrThrow()).asReadOnlyBuffer());
  }

  /** Returns the content from its beginning; the caller closes it. */
  public ContentChannel content() throws IOException {
    return path != null ? ContentChannel.of(path) : ContentChannel.of(bytesOrThrow());
  }

  private byte[] bytesOrThrow() {
    if (bytes == null) {
      throw new IllegalStateException("neither path nor bytes");
    }
    return bytes;
  }

  @Override
  public String toString() {
    return name;
  }
}
