package io.nanoarrow.crosscheck;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One participant on its way through one source: at most one batch open. One thread. */
final class Lane implements AutoCloseable {
  private final Participant participant;
  private final String name;
  private final ContentCheck contentCheck = new ContentCheck();
  private Participant.@Nullable Decoding decoding;
  private Participant.@Nullable Batch batch;
  private @Nullable Outcome outcome;
  private long batches;
  private long rows;

  Lane(Participant participant) {
    this(participant, participant.id());
  }

  /** A lane that differences call by another name than the participant's. */
  Lane(Participant participant, String name) {
    this.participant = participant;
    this.name = name;
  }

  Participant participant() {
    return participant;
  }

  String id() {
    return name;
  }

  /** Returns the schema, or null when opening failed. */
  @Nullable Schema schema() {
    return decoding == null ? null : decoding.schema();
  }

  Participant.@Nullable Decoding decoding() {
    return decoding;
  }

  /**
   * Returns the batch that the last {@link #advance} led to, null at the end or after a failure.
   */
  Participant.@Nullable Batch batch() {
    return batch;
  }

  /** Returns how it ended, or null while it is still running. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  boolean running() {
    return outcome == null;
  }

  void open(Source source) {
    attempt(
        () -> {
          decoding = participant.open(source);
          decoding.schema();
        });
  }

  /** Closes the batch and goes to the next one, which is checked in full. */
  void advance() {
    closeBatch();
    if (!running()) {
      return;
    }
    attempt(
        () -> {
          Participant.Batch next = decoding.next();
          if (next == null) {
            end(Outcome.Status.READ, null, "");
            return;
          }
          batch = next;
          contentCheck.check(next.columns());
          batches++;
          rows += next.rowCount();
        });
    if (!running()) {
      closeBatch();
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (ArrowFormatException e) {
      end(Outcome.Status.REFUSED, e.kind(), e.getMessage());
    } catch (IOException e) {
      end(Outcome.Status.REFUSED, null, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      end(Outcome.Status.CRASHED, null, e.toString());
    }
  }

  private void end(Outcome.Status status, @Nullable ErrorKind kind, String detail) {
    outcome = new Outcome(id(), status, kind, batches, rows, detail);
  }

  private void closeBatch() {
    Participant.Batch open = batch;
    batch = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closeBatch();
    Participant.Decoding open = decoding;
    decoding = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        if (outcome == null || outcome.status() == Outcome.Status.READ) {
          end(Outcome.Status.REFUSED, null, "closing: " + e.getMessage());
        }
      }
    }
  }
}
