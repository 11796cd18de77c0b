package io.nanoarrow.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar among the messages, when they go to a terminal. One thread. */
final class Progress {
  private static final int INTERVAL_MILLIS = 200;

  /** A conversion that takes less shows nothing. */
  private static final long QUIET_NANOS = 500_000_000;

  private final @Nullable PrintStream out;
  private final int columns;
  private @Nullable ProgressBar bar;
  private String name = "";
  private long batches;
  private long done;
  private long start;

  /**
   * A bar.
   *
   * @param out where to draw
   * @param columns characters a line, 0 when it is no terminal: nothing is drawn then
   */
  Progress(PrintStream out, int columns) {
    this.out = columns > 0 ? out : null;
    this.columns = columns;
  }

  /**
   * Begins with an input.
   *
   * @param expected batches, -1 when not known
   */
  void start(String input, long expected) {
    stop();
    name = input;
    batches = expected;
    done = 0;
    start = System.nanoTime();
  }

  /** Counts one batch. */
  void step() {
    done++;
    if (bar != null) {
      bar.stepTo(done);
    } else if (out != null && System.nanoTime() - start > QUIET_NANOS) {
      bar = show(out);
      bar.stepTo(done);
    }
  }

  private ProgressBar show(PrintStream to) {
    return new ProgressBarBuilder()
        .setTaskName(Cells.printable(name))
        .setInitialMax(batches)
        .setUnit(" batches", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(INTERVAL_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(to, columns))
        .clearDisplayOnFinish()
        .build();
  }

  /** Takes the bar away. */
  void stop() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
