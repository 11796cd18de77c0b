package io.nanoarrow.crosscheck;

import io.nanoarrow.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * How one participant fared with writing a source anew.
 *
 * @param writer its id
 * @param status how it ended
 * @param kind the kind of a refusal, null for I/O trouble and for other states
 * @param detail the error in words; empty when there is nothing to say
 */
public record Rewrite(String writer, Status status, @Nullable ErrorKind kind, String detail) {
  /** How a rewriting ended. */
  public enum Status {
    /** All read it, and read what the source says. */
    SAME,
    /** A reader refuses it or reads something else. */
    DIFFERENT,
    /** It said that it cannot write this. */
    REFUSED,
    /** It failed in a way that no input may cause. */
    CRASHED
  }

  /** Tells whether two ended alike. */
  boolean agreesWith(Rewrite other) {
    return status == other.status && kind == other.kind && status != Status.CRASHED;
  }

  /** Returns the outcome in words without the writer: "read as it was". */
  public String describe() {
    return switch (status) {
      case SAME -> "read as it was";
      case DIFFERENT -> "read differently";
      case REFUSED -> "refused: " + (kind == null ? "I/O: " : "") + detail;
      case CRASHED -> "crashed: " + detail;
    };
  }
}
