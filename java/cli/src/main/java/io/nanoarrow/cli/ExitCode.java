package io.nanoarrow.cli;

/** What the process returns; of several files the highest. */
final class ExitCode {
  /** All is fine. */
  static final int FINE = 0;

  /** Bad data, or reading or writing failed. */
  static final int BAD = 1;

  /** The command was used wrongly, or something it needs is missing. */
  static final int USAGE = 2;

  /** A cross-check found differences. */
  static final int DIFFERENT = 3;

  private ExitCode() {}
}
