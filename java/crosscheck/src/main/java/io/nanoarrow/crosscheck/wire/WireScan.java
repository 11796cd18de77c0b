package io.nanoarrow.crosscheck.wire;

import io.nanoarrow.crosscheck.ContentChannel;
import io.nanoarrow.crosscheck.Source;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.inspect.FlatTable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the messages of a source by their metadata; bodies are not read. Meant for sources that an
 * engine has read: it finds its way through them, and gives up on others with ArrowFormatException.
 */
public final class WireScan {
  private static final int CONTINUATION = -1;
  private static final int MAGIC_BYTES = 6;
  private static final int BLOCK_LONGS = 3;

  /** Where the messages of a file begin. */
  public static final int FILE_MESSAGES_OFFSET = 8;

  private final ContentChannel content;

  private WireScan(ContentChannel content) {
    this.content = content;
  }

  /**
   * Returns the messages in their order: of a stream as they come; of a file as its footer lists
   * them, dictionaries first (the schema message is not among them).
   *
   * @throws IOException when reading fails
   * @throws ArrowFormatException when the bytes are wrong
   */
  public static List<WireMessage> messages(Source source) throws IOException {
    try (ContentChannel content = source.content()) {
      WireScan scan = new WireScan(content);
      return source.isFile() ? scan.blocks() : scan.sequence(0);
    } catch (EOFException e) {
      throw new ArrowFormatException(ErrorKind.TRUNCATED, "a message ends too early");
    } catch (IndexOutOfBoundsException e) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, "metadata leads out of itself");
    }
  }

  /**
   * Returns the messages that follow each other in a file from its first one on, the schema message
   * among them, up to the end marker.
   */
  public static List<WireMessage> streamPart(Source file) throws IOException {
    try (ContentChannel content = file.content()) {
      return new WireScan(content).sequence(FILE_MESSAGES_OFFSET);
    } catch (EOFException | IndexOutOfBoundsException e) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, "no stream inside of the file");
    }
  }

  /** Returns the Schema table of a stream's first message or of a file's footer. */
  public static @Nullable FlatTable schema(Source source) throws IOException {
    try (ContentChannel content = source.content()) {
      WireScan scan = new WireScan(content);
      if (source.isFile()) {
        return scan.footer().getTable(1);
      }
      WireMessage first = scan.message(0);
      return first == null ? null : first.header();
    } catch (EOFException | IndexOutOfBoundsException e) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, "no schema");
    }
  }

  private List<WireMessage> sequence(long start) throws IOException {
    List<WireMessage> messages = new ArrayList<>();
    long offset = start;
    for (WireMessage next = message(offset); next != null; next = message(offset)) {
      messages.add(next);
      offset = Math.addExact(offset, Math.addExact(next.metadataBytes(), next.bodyBytes()));
      if (offset > content.sizeBytes()) {
        throw new EOFException();
      }
    }
    return messages;
  }

  private List<WireMessage> blocks() throws IOException {
    FlatTable footer = footer();
    List<WireMessage> messages = new ArrayList<>();
    for (int vector = 2; vector <= 3; vector++) {
      long[] blocks = footer.getLongStructs(vector, BLOCK_LONGS);
      for (int i = 0; i < blocks.length; i += BLOCK_LONGS) {
        WireMessage message = message(blocks[i]);
        if (message == null) {
          throw new ArrowFormatException(
              ErrorKind.INVALID_DATA, "a block has no message", blocks[i], null);
        }
        messages.add(message);
      }
    }
    return messages;
  }

  private FlatTable footer() throws IOException {
    long end = content.sizeBytes() - MAGIC_BYTES - 4;
    int size = content.read(end, 4).getInt(0);
    return FlatTable.root(content.read(end - size, size));
  }

  /** Returns the message at an offset, null at the end marker or the end of the source. */
  private @Nullable WireMessage message(long offset) throws IOException {
    if (offset == content.sizeBytes()) {
      return null;
    }
    int prefix = 4;
    int size = content.read(offset, 4).getInt(0);
    if (size == CONTINUATION) {
      prefix = 8;
      size = content.read(offset + 4, 4).getInt(0);
    }
    if (size == 0) {
      return null;
    }
    ByteBuffer metadata = content.read(offset + prefix, size);
    WireMessage message = WireMessage.of(FlatTable.root(metadata), offset, prefix + (long) size);
    if (message.bodyBytes() < 0) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, "negative body", offset, null);
    }
    return message;
  }
}
