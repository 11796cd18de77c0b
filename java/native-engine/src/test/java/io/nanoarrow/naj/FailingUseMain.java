package io.nanoarrow.naj;

import io.nanoarrow.c.Nanoarrow;

/** Calls a bound function twice without the library, and prints each failure with its causes. */
final class FailingUseMain {
  private FailingUseMain() {}

  public static void main(String[] args) {
    for (int i = 0; i < 2; i++) {
      try {
        System.out.println(Nanoarrow.ArrowNanoarrowVersionInt());
      } catch (LinkageError e) {
        StringBuilder line = new StringBuilder("failed");
        for (Throwable t = e; t != null; t = t.getCause()) {
          line.append(" | ").append(t);
        }
        System.out.println(line);
      }
    }
  }
}
