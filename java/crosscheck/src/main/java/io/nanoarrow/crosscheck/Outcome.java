package io.nanoarrow.crosscheck;

import io.nanoarrow.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * How one participant fared with one source.
 *
 * @param participant its id
 * @param status how it ended
 * @param kind the kind of a refusal, null for I/O trouble and for other states
 * @param batches the batches it delivered
 * @param rows the rows in them
 * @param detail the error, reason or fault in words; empty when there is nothing to say
 */
public record Outcome(
    String participant,
    Status status,
    @Nullable ErrorKind kind,
    long batches,
    long rows,
    String detail) {

  /** How a participant ended. */
  public enum Status {
    /** It read everything. */
    READ,
    /** It said that it cannot read this. */
    REFUSED,
    /** It failed in a way that no input may cause. */
    CRASHED,
    /** It refused or got wrong what it is known to; not counted. */
    KNOWN_FAULT,
    /** It was not read to its end because a difference had been found. */
    STOPPED,
    /** It was kept away from this input; not counted. */
    NOT_RUN
  }

  Outcome(String participant, Status status) {
    this(participant, status, "");
  }

  Outcome(String participant, Status status, String detail) {
    this(participant, status, null, 0, 0, detail);
  }

  /** Tells whether this outcome takes part in the verdict. */
  public boolean counts() {
    return status != Status.KNOWN_FAULT && status != Status.NOT_RUN && status != Status.STOPPED;
  }

  /** Tells whether it refused because it does not support what it read. */
  public boolean unsupported() {
    return status == Status.REFUSED && kind == ErrorKind.UNSUPPORTED;
  }

  /** Tells whether two ended alike: with as many batches, or with a refusal of the same kind. */
  boolean agreesWith(Outcome other) {
    return status == other.status
        && kind == other.kind
        && status != Status.CRASHED
        && (status != Status.READ || batches == other.batches);
  }

  /** Returns the outcome in words without the participant: "read 3 batches, 12 rows". */
  public String describe() {
    return switch (status) {
      case READ -> "read " + batches + " batches, " + rows + " rows";
      case REFUSED ->
          "refused after " + batches + " batches: " + (kind == null ? "I/O: " : "") + detail;
      case CRASHED -> "crashed after " + batches + " batches: " + detail;
      case KNOWN_FAULT -> "known fault: " + detail;
      case STOPPED -> "stopped at a difference";
      case NOT_RUN -> "not run: " + detail;
    };
  }
}
