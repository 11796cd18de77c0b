package io.nanoarrow.crosscheck;

import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Decodes a source with several participants side by side, batch by batch, and compares schemas,
 * metadata and every buffer's meaningful bytes; memory holds one batch a participant. Data that one
 * reads and another refuses, or that they refuse with different kinds, differs: {@code UNSUPPORTED}
 * is a kind like the others. What they have read alike may then be written anew by each that
 * writes, and read again by all. One thread.
 */
public final class CrossCheck {
  /** The participant whose full reading lets one with known faults near a source. */
  private static final String GUARD = "native";

  private final List<Participant> participants;
  private final boolean all;
  private final List<WriteOptions> rewriting;

  /**
   * A check.
   *
   * @param participants who takes part, the one that others are compared with first; all available
   * @param all keeps every difference (up to 1000 a source), not only the first
   * @throws IllegalArgumentException when all of them have known faults, or there are none
   */
  public CrossCheck(List<Participant> participants, boolean all) {
    this(participants, all, List.of());
  }

  /**
   * A check that also writes.
   *
   * @param rewriting the ways in which each participant that writes does so, into a temporary file
   * @throws IllegalArgumentException as above
   */
  public CrossCheck(List<Participant> participants, boolean all, List<WriteOptions> rewriting) {
    this.participants = List.copyOf(participants);
    this.all = all;
    this.rewriting = List.copyOf(rewriting);
    if (participants.stream().noneMatch(p -> p.knownFaults() == null)) {
      throw new IllegalArgumentException(
          participants.isEmpty()
              ? "nobody takes part"
              : participants.get(0).id() + " runs only beside " + GUARD);
    }
  }

  /**
   * Returns every participant on the class path, available or not, engines first.
   *
   * @param onBroken told about a provider that cannot even be loaded
   */
  public static List<Participant> find(Consumer<String> onBroken) {
    List<Participant> found = new ArrayList<>();
    ServiceLoader.load(Participant.class).stream()
        .forEach(
            provider -> {
              try {
                found.add(provider.get());
              } catch (ServiceConfigurationError | LinkageError e) {
                onBroken.accept(e.toString());
              }
            });
    return found;
  }

  /**
   * Runs the check on one source.
   *
   * @throws IOException when the source cannot be looked at
   */
  public Report run(Source source) throws IOException {
    DifferenceSink sink = new DifferenceSink(all);
    Map<Participant, Outcome> outcomes = new LinkedHashMap<>();
    List<Rewrite> rewrites = new ArrayList<>();
    participants.forEach(p -> outcomes.put(p, new Outcome(p.id(), Outcome.Status.STOPPED)));
    try {
      together(source, sink, outcomes);
      for (Participant participant : participants) {
        if (participant.knownFaults() != null) {
          outcomes.put(participant, guarded(source, sink, participant, outcomes));
        }
      }
      rewrite(source, sink, outcomes, rewrites);
    } catch (DifferenceSink.Enough e) {
      // The rest is left undone because one difference was enough.
    }
    List<Outcome> inOrder = List.copyOf(outcomes.values());
    return new Report(
        source.name(), verdict(sink, inOrder), inOrder, rewrites, sink.kept(), sink.count());
  }

  /** Writes anew what all that answer for themselves have read alike. */
  private void rewrite(
      Source source,
      DifferenceSink sink,
      Map<Participant, Outcome> outcomes,
      List<Rewrite> rewrites)
      throws IOException {
    List<Participant> inOrder = new ArrayList<>(participants);
    inOrder.sort(Comparator.comparing(p -> p.knownFaults() != null));
    boolean isReadAlike =
        sink.count() == 0
            && inOrder.stream()
                .filter(p -> p.knownFaults() == null)
                .allMatch(p -> outcomes.get(p).status() == Outcome.Status.READ);
    if (isReadAlike) {
      for (WriteOptions options : rewriting) {
        new Rewriting(inOrder, sink, all, options).run(source, rewrites);
      }
    }
  }

  /** Runs all that have no known faults and compares their outcomes. */
  private void together(Source source, DifferenceSink sink, Map<Participant, Outcome> outcomes) {
    List<Lane> lanes =
        participants.stream().filter(p -> p.knownFaults() == null).map(Lane::new).toList();
    try {
      new LockStep(sink, lanes).run(source);
    } finally {
      for (Lane lane : lanes) {
        lane.close();
        if (lane.outcome() != null) {
          outcomes.put(lane.participant(), lane.outcome());
        }
      }
    }
    Outcome first = outcomes.get(lanes.get(0).participant());
    if (first.status() == Outcome.Status.CRASHED) {
      sink.add(outcomeDifference(first, first));
    }
    for (Lane lane : lanes.subList(1, lanes.size())) {
      Outcome other = outcomes.get(lane.participant());
      if (!first.agreesWith(other)) {
        sink.add(outcomeDifference(first, other));
      }
    }
  }

  /** Runs one that has known faults beside the guard, if it may. */
  private Outcome guarded(
      Source source, DifferenceSink sink, Participant faulty, Map<Participant, Outcome> outcomes)
      throws IOException {
    Participant guard =
        participants.stream().filter(p -> p.id().equals(GUARD)).findFirst().orElse(null);
    if (guard == null || outcomes.get(guard).status() != Outcome.Status.READ) {
      return new Outcome(
          faulty.id(), Outcome.Status.NOT_RUN, "unsafe: " + GUARD + " has not read it in full");
    }
    try (Lane sure = new Lane(guard);
        Lane lane = new Lane(faulty)) {
      sure.open(source);
      if (sure.schema() == null) {
        return new Outcome(faulty.id(), Outcome.Status.NOT_RUN, "unsafe: the source has changed");
      }
      KnownFaults faults = faulty.knownFaults();
      String unsafe = faults.unsafe(source, sure.schema());
      if (unsafe != null) {
        return new Outcome(faulty.id(), Outcome.Status.NOT_RUN, unsafe);
      }
      return Excuses.run(source, sink, faults, sure, lane);
    }
  }

  /** Returns the difference between two ways to end. */
  static Difference outcomeDifference(Outcome a, Outcome b) {
    boolean bothRead = a.status() == Outcome.Status.READ && b.status() == Outcome.Status.READ;
    Map<String, String> values = new LinkedHashMap<>();
    values.put(a.participant(), a.describe());
    values.put(b.participant(), b.describe());
    return new Difference(
        Difference.NOWHERE,
        "",
        bothRead ? "batch count" : "outcome",
        Difference.NOWHERE,
        Difference.NOWHERE,
        values);
  }

  private static Report.Verdict verdict(DifferenceSink sink, List<Outcome> outcomes) {
    if (sink.count() > 0) {
      return Report.Verdict.DIFFERENT;
    }
    List<Outcome> counting = outcomes.stream().filter(Outcome::counts).toList();
    Outcome any = counting.get(0);
    if (any.status() == Outcome.Status.READ) {
      return counting.size() == 1 ? Report.Verdict.READ : Report.Verdict.IDENTICAL;
    }
    return any.unsupported() ? Report.Verdict.UNSUPPORTED : Report.Verdict.REFUSED;
  }
}
