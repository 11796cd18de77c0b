package io.nanoarrow.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: data in UTF-8 to one stream, messages to another. One thread.
 *
 * <p>Data that nobody wants any more (a closed pipe) ends the command by {@link Closed}.
 */
final class Terminal {
  /** The reader of our output has gone; not an error. */
  static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super(null, null, false, false);
    }
  }

  /** Our output cannot be written, for another reason. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(IOException cause) {
      super("cannot write output: " + cause.getMessage(), cause);
    }
  }

  /** Set by the launcher: how wide the screen is that messages go to. */
  private static final String MESSAGE_COLUMNS = "nanoarrow.messages.columns";

  private static final int BUFFER_CHARS = 1 << 15;

  private final StringBuilder pending = new StringBuilder(BUFFER_CHARS);
  private final OutputStream bytes;
  private final Writer out;
  private final PrintStream messages;
  private final int columns;

  /**
   * A terminal.
   *
   * @param columns characters a line when the data goes to a screen, else 0
   */
  Terminal(OutputStream out, PrintStream messages, int columns) {
    this.bytes = out;
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.messages = messages;
    this.columns = columns;
  }

  /** Returns characters a line, 0 when the data does not go to a screen. */
  int columns() {
    return columns;
  }

  /** Returns a progress bar among the messages; one that shows nothing unless they are seen. */
  Progress progress() {
    return new Progress(messages, Integer.getInteger(MESSAGE_COLUMNS, 0));
  }

  /** Returns where data goes, for a command that writes bytes and no text. */
  OutputStream bytes() {
    flush();
    return bytes;
  }

  /** Appends to the data. */
  Terminal print(String text) {
    pending.append(text);
    if (pending.length() >= BUFFER_CHARS) {
      write();
    }
    return this;
  }

  /** Appends a line to the data. */
  Terminal println(String text) {
    return print(text).print("\n");
  }

  /** Hands all data over. */
  void flush() {
    write();
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Writes a message, after the data so far. */
  void message(String text) {
    flush();
    messageOnly(text);
  }

  /** Writes a message without a look at the data, which may be what is broken. */
  void messageOnly(String text) {
    messages.println("nanoarrow: " + text);
    messages.flush();
  }

  private void write() {
    try {
      out.append(pending);
    } catch (IOException e) {
      throw failure(e);
    } finally {
      pending.setLength(0);
    }
  }

  /** Returns what a failure to write data means: {@link Closed} or {@link Broken}. */
  static RuntimeException failure(IOException e) {
    String text = String.valueOf(e.getMessage());
    return text.contains("Broken pipe") || text.contains("pipe is being closed")
        ? new Closed()
        : new Broken(e);
  }
}
