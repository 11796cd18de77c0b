package io.nanoarrow.crosscheck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Compares lanes with the first of them, batch by batch. One thread. */
final class LockStep {
  private final DifferenceSink sink;
  private final List<Lane> lanes;
  private final List<ArrayComparison> arrays = new ArrayList<>();
  private final boolean[] comparable;
  private long sourceBytes = Difference.NOWHERE;

  LockStep(DifferenceSink sink, List<Lane> lanes) {
    this(sink, lanes, true);
  }

  /**
   * A comparison.
   *
   * @param sameBytes children have as many rows and nulls in all lanes, those that no parent refers
   *     to included
   */
  LockStep(DifferenceSink sink, List<Lane> lanes, boolean sameBytes) {
    this.sink = sink;
    this.lanes = lanes;
    this.comparable = new boolean[lanes.size()];
    lanes.forEach(l -> arrays.add(new ArrayComparison(sameBytes)));
  }

  void run(Source source) {
    sourceBytes = size(source);
    for (Lane lane : lanes) {
      if (lane.schema() == null) {
        lane.open(source);
      }
    }
    Lane first = lanes.get(0);
    for (int i = 1; i < lanes.size(); i++) {
      if (first.running() && lanes.get(i).running()) {
        comparable[i] = schemas(first, lanes.get(i));
      }
    }
    for (long batch = 0; lanes.stream().anyMatch(Lane::running); batch++) {
      lanes.forEach(Lane::advance);
      for (int i = 1; i < lanes.size(); i++) {
        if (first.batch() != null && lanes.get(i).batch() != null) {
          batches(batch, i, first, lanes.get(i));
        }
      }
    }
  }

  private boolean schemas(Lane a, Lane b) {
    DifferenceSink.Pair pair = pair(Difference.NOWHERE, a, b);
    boolean ids = both(a, b, Participant.Omission.DICTIONARY_IDS);
    SchemaComparison comparison = new SchemaComparison(pair, ids);
    boolean sameLayout =
        comparison.compare(Objects.requireNonNull(a.schema()), Objects.requireNonNull(b.schema()));
    if (both(a, b, Participant.Omission.FOOTER_METADATA)) {
      comparison.metadata(
          "",
          "footer metadata",
          Objects.requireNonNull(a.decoding()).footerMetadata(),
          Objects.requireNonNull(b.decoding()).footerMetadata());
    }
    return sameLayout;
  }

  private void batches(long batch, int index, Lane laneA, Lane laneB) {
    Participant.Batch a = Objects.requireNonNull(laneA.batch());
    Participant.Batch b = Objects.requireNonNull(laneB.batch());
    DifferenceSink.Pair pair = pair(batch, laneA, laneB);
    if (a.rowCount() != b.rowCount()) {
      pair.add("", "row count", a.rowCount(), b.rowCount());
    }
    if (both(laneA, laneB, Participant.Omission.BATCH_METADATA)) {
      new SchemaComparison(pair, true).metadata("", "batch metadata", a.metadata(), b.metadata());
    }
    if (comparable[index]) {
      for (int i = 0; i < a.columns().size(); i++) {
        String path = a.columns().get(i).field().name();
        arrays.get(index).compare(pair, path, a.columns().get(i), b.columns().get(i));
      }
    }
  }

  private DifferenceSink.Pair pair(long batch, Lane a, Lane b) {
    return new DifferenceSink.Pair(sink, batch, sourceBytes, a.id(), b.id());
  }

  private static boolean both(Lane a, Lane b, Participant.Omission omission) {
    return !a.participant().omissions().contains(omission)
        && !b.participant().omissions().contains(omission);
  }

  /** Returns the size of a source; nothing but the places of differences depends on it. */
  private static long size(Source source) {
    try (ContentChannel content = source.content()) {
      return content.sizeBytes();
    } catch (IOException e) {
      return Difference.NOWHERE;
    }
  }
}
