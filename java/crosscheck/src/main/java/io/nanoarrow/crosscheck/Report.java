package io.nanoarrow.crosscheck;

import java.util.List;

/**
 * What a cross-check of one source found.
 *
 * @param source the name of the source
 * @param verdict the result
 * @param outcomes one for each participant, in the order asked for
 * @param rewrites one for each participant that wrote the source anew, and each way to write
 * @param differences those kept: the first one, or all up to the limit
 * @param differenceCount all that were found; more than kept only past the limit
 */
public record Report(
    String source,
    Verdict verdict,
    List<Outcome> outcomes,
    List<Rewrite> rewrites,
    List<Difference> differences,
    long differenceCount) {

  /** The result of one source. */
  public enum Verdict {
    /** All read it and say the same. */
    IDENTICAL,
    /** The only one who was let near it read it: nothing was compared. */
    READ,
    /** All refuse it, with the same kind. */
    REFUSED,
    /** All say that they do not support it. */
    UNSUPPORTED,
    /** Some read it and some refuse, or they refuse differently, or they say different things. */
    DIFFERENT
  }

  /** Copies the lists. */
  public Report {
    outcomes = List.copyOf(outcomes);
    rewrites = List.copyOf(rewrites);
    differences = List.copyOf(differences);
  }
}
