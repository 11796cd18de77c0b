package io.nanoarrow.inspect;

import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.spi.FooterBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file's footer and compares it with the messages before it. */
final class FooterScan {
  private static final int DICTIONARIES = 2;
  private static final int BATCHES = 3;
  private static final int BLOCK_LONGS = 3;
  private static final int TAIL_BYTES = 4 + WireScanner.MAGIC.length();

  private FooterScan() {}

  /** Returns the footer, or null with a problem. */
  static @Nullable WireFooter read(WireBytes bytes, List<WireProblem> problems) throws IOException {
    long end = bytes.sizeBytes() - TAIL_BYTES;
    long least = WireScanner.FILE_MESSAGES_OFFSET;
    if (end < least) {
      problems.add(new WireProblem(bytes.sizeBytes(), "no footer: the file ends too early"));
      return null;
    }
    ByteBuffer tail = bytes.read(end, TAIL_BYTES);
    int size = tail.getInt(0);
    String magic = StandardCharsets.ISO_8859_1.decode(tail.slice(4, TAIL_BYTES - 4)).toString();
    if (!magic.equals(WireScanner.MAGIC)) {
      problems.add(new WireProblem(end + 4, "no footer: the file does not end with its magic"));
      return null;
    }
    if (size <= 0 || size > end - least) {
      problems.add(new WireProblem(end, "a footer of " + size + " bytes"));
      return null;
    }
    try {
      FlatTable footer = FlatTable.root(bytes.read(end - size, size));
      return new WireFooter(
          end - size, size, blocks(footer, DICTIONARIES), blocks(footer, BATCHES));
    } catch (IndexOutOfBoundsException e) {
      problems.add(new WireProblem(end - size, "a footer that leads out of itself"));
      return null;
    }
  }

  /** The size of the metadata is an int; what follows it in the struct is padding. */
  private static List<FooterBlock> blocks(FlatTable footer, int field) {
    long[] longs = footer.getLongStructs(field, BLOCK_LONGS);
    List<FooterBlock> blocks = new ArrayList<>(longs.length / BLOCK_LONGS);
    for (int i = 0; i < longs.length; i += BLOCK_LONGS) {
      blocks.add(new FooterBlock(longs[i], (int) longs[i + 1], longs[i + 2]));
    }
    return List.copyOf(blocks);
  }

  /** Adds a problem for each way in which the footer and the messages do not agree. */
  static void compare(
      WireFooter footer, NavigableMap<Long, WireMessage> messages, List<WireProblem> problems) {
    Set<Long> listed = new HashSet<>();
    compare(footer, footer.dictionaries(), Kind.DICTIONARY_BATCH, messages, listed, problems);
    compare(footer, footer.batches(), Kind.RECORD_BATCH, messages, listed, problems);
    for (WireMessage message : messages.values()) {
      boolean isListable =
          message.kind() == Kind.DICTIONARY_BATCH || message.kind() == Kind.RECORD_BATCH;
      if (isListable && !listed.contains(message.offset())) {
        problems.add(
            new WireProblem(
                message.offset(), name(message.kind()) + " that the footer does not list"));
      }
    }
    overlaps(footer, problems);
  }

  private static void compare(
      WireFooter footer,
      List<FooterBlock> blocks,
      Kind kind,
      NavigableMap<Long, WireMessage> messages,
      Set<Long> listed,
      List<WireProblem> problems) {
    for (int i = 0; i < blocks.size(); i++) {
      FooterBlock block = blocks.get(i);
      String which = "the footer's " + name(kind) + " " + i + " at " + block.offset();
      WireMessage message = messages.get(block.offset());
      String fault = null;
      if (!listed.add(block.offset())) {
        fault = " is there twice";
      } else if (isOutside(block, footer.offset())) {
        fault = " lies outside of the messages";
      } else if (message == null) {
        fault = " is no message";
      } else if (message.kind() != kind) {
        fault = " is " + name(message.kind());
      } else if (message.metadataBytes() != block.metadataSizeBytes()) {
        fault =
            " says metadata of "
                + block.metadataSizeBytes()
                + " bytes, there are "
                + message.metadataBytes();
      } else if (message.bodyBytes() != block.bodySizeBytes()) {
        fault =
            " says a body of " + block.bodySizeBytes() + " bytes, there are " + message.bodyBytes();
      } else if (!message.isInSequence()) {
        fault = " is not reached from the messages before it";
      }
      if (fault != null) {
        problems.add(new WireProblem(footer.offset(), which + fault));
      }
    }
  }

  private static boolean isOutside(FooterBlock block, long end) {
    long start = block.offset();
    return start < WireScanner.FILE_MESSAGES_OFFSET
        || start > end
        || block.metadataSizeBytes() < 0
        || block.bodySizeBytes() < 0
        || block.metadataSizeBytes() > end - start
        || block.bodySizeBytes() > end - start - block.metadataSizeBytes();
  }

  private static void overlaps(WireFooter footer, List<WireProblem> problems) {
    List<FooterBlock> blocks = new ArrayList<>();
    for (List<FooterBlock> some : List.of(footer.dictionaries(), footer.batches())) {
      some.stream().filter(block -> !isOutside(block, footer.offset())).forEach(blocks::add);
    }
    blocks.sort(Comparator.comparingLong(FooterBlock::offset));
    long end = 0;
    for (FooterBlock block : blocks) {
      if (block.offset() < end) {
        problems.add(
            new WireProblem(footer.offset(), "the footer's blocks overlap at " + block.offset()));
      }
      end = Math.max(end, block.offset() + block.metadataSizeBytes() + block.bodySizeBytes());
    }
  }

  static String name(Kind kind) {
    return switch (kind) {
      case DICTIONARY_BATCH -> "dictionary batch";
      case RECORD_BATCH -> "record batch";
      case SCHEMA -> "schema";
      case TENSOR -> "tensor";
      case SPARSE_TENSOR -> "sparse tensor";
      case OTHER -> "message";
    };
  }
}
