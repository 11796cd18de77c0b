package io.nanoarrow.crosscheck;

import static io.nanoarrow.crosscheck.Arrays.bytes;
import static io.nanoarrow.crosscheck.Arrays.int32;
import static io.nanoarrow.crosscheck.Arrays.list;
import static io.nanoarrow.crosscheck.Arrays.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who reads, who refuses, who is kept away, and what that makes of the whole. */
class OutcomeTest {
  private static final Source SOURCE = Source.of("bytes", new byte[0]);

  private static Fake reader(String id) {
    return new Fake(id).batch(int32("x", null, 1));
  }

  private static RuntimeException error(ErrorKind kind) {
    return new ArrowFormatException(kind, "planted");
  }

  private static Report run(Participant... participants) throws IOException {
    return new CrossCheck(List.of(participants), false).run(SOURCE);
  }

  @Test
  void theSameRefusalIsRefused() throws IOException {
    Report report =
        run(
            reader("a").fail(-1, error(ErrorKind.INVALID_DATA)),
            reader("b").fail(1, error(ErrorKind.INVALID_DATA)));
    assertEquals(Report.Verdict.REFUSED, report.verdict());
    assertEquals(1, report.outcomes().get(1).batches());
  }

  @Test
  void unsupportedByAllIsUnsupported() throws IOException {
    Report report =
        run(
            reader("a").fail(-1, error(ErrorKind.UNSUPPORTED)),
            reader("b").fail(-1, error(ErrorKind.UNSUPPORTED)));
    assertEquals(Report.Verdict.UNSUPPORTED, report.verdict());
  }

  @Test
  void unsupportedByOneDiffers() throws IOException {
    Report report = run(reader("a"), reader("b").fail(-1, error(ErrorKind.UNSUPPORTED)));
    assertEquals(Report.Verdict.DIFFERENT, report.verdict());
    assertEquals("outcome", report.differences().get(0).part());
  }

  @Test
  void refusalsOfDifferentKindsDiffer() throws IOException {
    Report report =
        run(
            reader("a").fail(0, error(ErrorKind.INVALID_DATA)),
            reader("b").fail(0, error(ErrorKind.TRUNCATED)));
    assertEquals(Report.Verdict.DIFFERENT, report.verdict());
  }

  @Test
  void aCrashDiffersEvenWhenAllCrash() throws IOException {
    Report report =
        run(
            reader("a").fail(0, new IllegalStateException("planted")),
            reader("b").fail(0, new IllegalStateException("planted")));
    assertEquals(Report.Verdict.DIFFERENT, report.verdict());
    assertEquals(Outcome.Status.CRASHED, report.outcomes().get(0).status());
  }

  @Test
  void aDefectThatOneFindsLateCountsLikeOneThatTheOtherFindsEarly() throws IOException {
    List<ColumnData> defects =
        List.of(
            utf8("s", null, "abc", 0, 2, 1),
            utf8("s", null, "abc", 0, 2, 4),
            utf8("s", null, "abc", -1, 2, 3),
            list("l", null, int32("item", null, 1), 0, 2));
    for (ColumnData defect : defects) {
      Fake early = new Fake("a").batch(defect).fail(0, error(ErrorKind.INVALID_DATA));
      Fake late = new Fake("b").batch(defect);
      Report report = run(early, late);
      assertEquals(Report.Verdict.REFUSED, report.verdict(), report.toString());
      assertEquals(0, late.openBatches);
    }
  }

  /** Is known for one fault in column "x", and must be kept away from sources named "poison". */
  private record Faults() implements KnownFaults {
    @Override
    public @Nullable String unsafe(Source source, Schema schema) {
      return source.name().equals("poison") ? "unsafe: planted" : null;
    }

    @Override
    public @Nullable String explain(Source source, Schema schema, @Nullable Difference difference) {
      return difference != null && difference.column().equals("x") ? "x is known" : null;
    }
  }

  private static Fake faulty(ColumnData... columns) {
    Fake fake = new Fake("faulty").batch(columns);
    fake.faults = new Faults();
    return fake;
  }

  @Test
  void aKnownFaultIsShownAndDoesNotCount() throws IOException {
    Report report = run(reader("native"), reader("pure"), faulty(int32("x", null, 2)));
    assertEquals(Report.Verdict.IDENTICAL, report.verdict());
    String described = report.outcomes().get(2).describe();
    String expected = "known fault: x is known, first: batch 0, column x, data, row 0, byte 0";
    assertTrue(described.startsWith(expected), described);
  }

  @Test
  void anUnknownFaultCountsAlsoBehindAKnownOne() throws IOException {
    Fake good = new Fake("native").batch(int32("x", null, 1), int32("y", null, 1));
    Report report = run(good, faulty(int32("x", null, 2), int32("y", null, 2)));
    assertEquals(Report.Verdict.DIFFERENT, report.verdict());
    assertEquals("y", report.differences().get(0).column());
  }

  @Test
  void anUnexplainedRefusalCounts() throws IOException {
    Fake faulty = faulty(int32("x", null, 1));
    faulty.fail(-1, error(ErrorKind.UNSUPPORTED));
    assertEquals(Report.Verdict.DIFFERENT, run(reader("native"), faulty).verdict());
  }

  @Test
  void whatIsKnownToCrashIsNotRun() throws IOException {
    Fake faulty = faulty(int32("x", null, 1));
    Report report =
        new CrossCheck(List.of(reader("native"), faulty), false)
            .run(Source.of("poison", new byte[0]));
    assertEquals(Report.Verdict.READ, report.verdict());
    assertEquals("not run: unsafe: planted", report.outcomes().get(1).describe());
    assertEquals(0, faulty.opened);
  }

  @Test
  void oneWithKnownFaultsRunsOnlyOnWhatNativeHasReadInFull() throws IOException {
    List<Fake> guards = new ArrayList<>();
    guards.add(reader("pure"));
    guards.add(reader("native").fail(0, error(ErrorKind.INVALID_DATA)));
    guards.add(new Fake("native").batch(utf8("s", bytes(1), "abc", 0, 9)));
    for (Fake guard : guards) {
      Fake faulty = faulty(int32("x", null, 1));
      Report report = run(guard, faulty);
      assertTrue(report.outcomes().get(1).describe().startsWith("not run: unsafe"));
      assertEquals(0, faulty.opened);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new CrossCheck(List.of(faulty(int32("x", null, 1))), false));
  }
}
