package io.nanoarrow.crosscheck;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a source anew with each participant that writes, into a temporary file; then all read it
 * like any source, and the first one reads it beside the source. Memory holds one batch a reader.
 */
final class Rewriting {
  private static final String SOURCE = "source";

  private final List<Participant> participants;
  private final DifferenceSink sink;
  private final boolean all;
  private final WriteOptions options;

  /** A rewriting by the participants, of which the first has no known faults. */
  Rewriting(
      List<Participant> participants, DifferenceSink sink, boolean all, WriteOptions options) {
    this.participants = participants;
    this.sink = sink;
    this.all = all;
    this.options = options;
  }

  /**
   * Does it all; adds one entry to {@code rewrites} for each writer.
   *
   * @throws IOException when there is no room for a temporary file
   */
  void run(Source source, List<Rewrite> rewrites) throws IOException {
    List<Rewrite> ours = new ArrayList<>();
    for (Participant writer : participants) {
      if (writer.writes()) {
        Path target = Files.createTempFile("nanoarrow-crosscheck", ".arrow");
        try {
          Rewrite failure = write(writer, source, target);
          long before = sink.count();
          if (failure == null) {
            check(writer, source, target);
          }
          boolean same = sink.count() == before;
          Rewrite.Status status = same ? Rewrite.Status.SAME : Rewrite.Status.DIFFERENT;
          ours.add(failure != null ? failure : new Rewrite(writer.id(), status, null, ""));
        } finally {
          Files.delete(target);
        }
        rewrites.add(ours.get(ours.size() - 1));
      }
    }
    for (Rewrite each : ours) {
      boolean isRefusal = each.status() != Rewrite.Status.DIFFERENT;
      if (isRefusal && !each.agreesWith(ours.get(0)) || each.status() == Rewrite.Status.CRASHED) {
        add("rewriting", ours.get(0).writer(), ours.get(0).describe(), each);
      }
    }
  }

  private void add(String part, String first, String says, Rewrite other) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(first, says);
    values.put(other.writer(), other.describe());
    sink.add(
        new Difference(
            Difference.NOWHERE, "", part, Difference.NOWHERE, Difference.NOWHERE, values));
  }

  /** Writes; returns how it failed, or null. */
  private @Nullable Rewrite write(Participant writer, Source source, Path target) {
    try {
      writer.rewrite(source, target, options);
      return null;
    } catch (ArrowFormatException e) {
      return failure(writer, Rewrite.Status.REFUSED, e.kind(), e.getMessage());
    } catch (IOException e) {
      return failure(writer, Rewrite.Status.REFUSED, null, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      return failure(writer, Rewrite.Status.CRASHED, null, e.toString());
    }
  }

  private static Rewrite failure(
      Participant writer, Rewrite.Status status, @Nullable ErrorKind kind, String detail) {
    return new Rewrite(writer.id(), status, kind, detail);
  }

  private void check(Participant writer, Source source, Path target) throws IOException {
    Source written = Source.of(target);
    Report report = new CrossCheck(participants, all).run(written);
    for (Difference difference : report.differences()) {
      sink.add(writtenBy(writer, difference));
    }
    Participant first = participants.get(0);
    try (Lane before = new Lane(first, SOURCE);
        Lane after = new Lane(first)) {
      before.open(source);
      after.open(written);
      DifferenceSink named = new Renaming(sink, all, writer);
      new LockStep(named, List.of(before, after), false).run(written);
      if (!before.outcome().agreesWith(after.outcome())) {
        named.add(CrossCheck.outcomeDifference(before.outcome(), after.outcome()));
      }
    }
  }

  private static Difference writtenBy(Participant writer, Difference difference) {
    return new Difference(
        difference.batch(),
        difference.column(),
        "written by " + writer.id() + ": " + difference.part(),
        difference.row(),
        difference.byteOffset(),
        difference.values());
  }

  /** Passes differences on with the writer's name in them. */
  private static final class Renaming extends DifferenceSink {
    private final DifferenceSink target;
    private final Participant writer;

    Renaming(DifferenceSink target, boolean all, Participant writer) {
      super(all);
      this.target = target;
      this.writer = writer;
    }

    @Override
    void add(Difference difference) {
      target.add(writtenBy(writer, difference));
    }
  }
}
