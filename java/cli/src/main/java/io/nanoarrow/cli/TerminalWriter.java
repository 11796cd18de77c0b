package io.nanoarrow.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** What picocli prints help to. */
final class TerminalWriter extends PrintWriter {
  TerminalWriter(Terminal terminal) {
    super(
        new Writer() {
          @Override
          public void write(char[] chars, int offset, int count) {
            terminal.print(new String(chars, offset, count));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        },
        true);
  }
}
