package io.nanoarrow.cli;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens what a command line names: a path, or "-" for standard input. */
final class Inputs {
  /** The name of standard input, and of standard output where something is written. */
  static final String STANDARD = "-";

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private Inputs() {}

  /**
   * Opens a stream or file.
   *
   * @throws FileCommand.WrongUse when the engine or a column asked for is not there
   */
  static BatchReader open(String name, ReadOptions options) throws IOException {
    try {
      if (name.equals(STANDARD)) {
        return openStandard(System.in, options);
      }
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new FileSystemException(name, null, "is a directory") {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            return getReason();
          }
        };
      }
      return ArrowIpc.open(path, options);
    } catch (java.nio.file.InvalidPathException e) {
      throw e;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new FileCommand.WrongUse(e.getMessage());
    }
  }

  /** A stream is read as it comes; a file, whose index lies at its end, whole. */
  private static BatchReader openStandard(InputStream in, ReadOptions options) throws IOException {
    PushbackInputStream input = new PushbackInputStream(in, MAGIC.length);
    byte[] head = input.readNBytes(MAGIC.length);
    input.unread(head);
    return Arrays.equals(head, MAGIC)
        ? ArrowIpc.openFile(ByteBuffer.wrap(input.readAllBytes()), options)
        : ArrowIpc.openStream(input, options);
  }
}
