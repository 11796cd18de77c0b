package io.nanoarrow.crosscheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a decoder that has known faults with a sure one and sets known faults aside. */
final class Excuses {
  private Excuses() {}

  /**
   * Runs both lanes.
   *
   * @param sink gets the differences that no known fault explains
   * @param sure just opened
   * @param faulty not opened yet
   */
  static Outcome run(Source source, DifferenceSink sink, KnownFaults faults, Lane sure, Lane faulty)
      throws IOException {
    Map<String, String> used = new LinkedHashMap<>();
    DifferenceSink filtered =
        sink.filtered(
            difference -> {
              String fault = explain(faults, source, sure, difference);
              if (fault != null) {
                used.putIfAbsent(fault, fault + ", first: " + difference);
              }
              return fault == null;
            });
    try {
      new LockStep(filtered, List.of(sure, faulty)).run(source);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Outcome outcome = faulty.outcome();
    if (outcome.status() != Outcome.Status.READ || !outcome.agreesWith(sure.outcome())) {
      String fault = explain(faults, source, sure, null);
      if (fault == null) {
        sink.add(CrossCheck.outcomeDifference(sure.outcome(), outcome));
        return outcome;
      }
      used.putIfAbsent(fault, fault);
    }
    return used.isEmpty()
        ? outcome
        : new Outcome(faulty.id(), Outcome.Status.KNOWN_FAULT, String.join("; ", used.values()));
  }

  private static @Nullable String explain(
      KnownFaults faults, Source source, Lane sure, @Nullable Difference difference) {
    try {
      return faults.explain(source, sure.schema(), difference);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
