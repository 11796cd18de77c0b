package io.nanoarrow;

import io.nanoarrow.inspect.WireFooter;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.inspect.WireProblem;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.spi.FooterBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The messages of a damaged stream or file that a repair tries to keep. */
final class RepairCandidates {
  private RepairCandidates() {}

  /**
   * Returns the messages after the schema that may be kept, in the order of the new file. What a
   * footer without faults does not list is no part of its file, and its order is the file's;
   * otherwise the order is that of the offsets. Deltas that may extend a dictionary that is lost
   * are left out: their values would get the indices of others.
   *
   * @param lost gets a problem for each delta that is left out
   */
  static List<WireMessage> of(WireReport report, List<WireProblem> lost) {
    Map<Long, WireMessage> known = new TreeMap<>();
    for (WireMessage message : report.messages()) {
      boolean isContent =
          message.kind() == Kind.DICTIONARY_BATCH || message.kind() == Kind.RECORD_BATCH;
      if (isContent && message.isWhole()) {
        known.put(message.offset(), message);
      }
    }
    WireFooter footer = report.footer();
    if (footer == null) {
      return new ArrayList<>(known.values());
    }
    Set<WireMessage> listed = new LinkedHashSet<>();
    boolean isTrusted =
        list(footer.dictionaries(), Kind.DICTIONARY_BATCH, known, listed)
            & list(footer.batches(), Kind.RECORD_BATCH, known, listed);
    if (isTrusted) {
      return new ArrayList<>(listed);
    }
    List<WireMessage> kept = new ArrayList<>(known.values());
    for (WireMessage delta : deltasBehindLoss(footer, known)) {
      kept.remove(delta);
      lost.add(new WireProblem(delta.offset(), "a delta behind a dictionary that is lost"));
    }
    return kept;
  }

  /** Lists the messages of blocks; returns whether each block is right and there once. */
  private static boolean list(
      List<FooterBlock> blocks, Kind kind, Map<Long, WireMessage> known, Set<WireMessage> listed) {
    boolean isRight = true;
    for (FooterBlock block : blocks) {
      WireMessage message = known.get(block.offset());
      isRight &= message != null && agrees(message, kind, block) && listed.add(message);
    }
    return isRight;
  }

  private static boolean agrees(WireMessage message, Kind kind, FooterBlock block) {
    return message.kind() == kind
        && message.metadataBytes() == block.metadataSizeBytes()
        && message.bodyBytes() == block.bodySizeBytes();
  }

  /** Before those in sequence nothing is missing, whatever the footer says. */
  private static List<WireMessage> deltasBehindLoss(
      WireFooter footer, Map<Long, WireMessage> known) {
    List<WireMessage> deltas = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    boolean isLost = false;
    for (FooterBlock block : footer.dictionaries()) {
      WireMessage message = known.get(block.offset());
      boolean isDictionary = message != null && message.kind() == Kind.DICTIONARY_BATCH;
      if (!isDictionary || !seen.add(block.offset())) {
        isLost = true;
      } else if (isLost && message.isDelta() && !message.isInSequence()) {
        deltas.add(message);
      }
    }
    return deltas;
  }
}
