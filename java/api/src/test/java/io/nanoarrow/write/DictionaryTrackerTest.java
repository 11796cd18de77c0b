package io.nanoarrow.write;

import static io.nanoarrow.testing.TestArrays.dictionary;
import static io.nanoarrow.testing.TestArrays.i8;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static io.nanoarrow.testing.TestArrays.strings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DictionaryTrackerTest {
  private static final ArrowType.Int INT8 = new ArrowType.Int(8, true);

  /** Content that says whether it has been released. */
  private static final class Owned extends BatchData {
    private final List<ColumnData> columns;
    boolean isFree;

    Owned(ColumnData... columns) {
      super(columns[0].length());
      this.columns = List.of(columns);
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY;
    }

    @Override
    public ColumnData column(int index) {
      return columns.get(index);
    }

    @Override
    protected void free() {
      isFree = true;
    }
  }

  private DictionaryTracker tracker;

  @AfterEach
  void close() {
    if (tracker != null) {
      tracker.close();
    }
  }

  private void track(boolean isFile, boolean deltas, ColumnData... columns) {
    Schema schema = Schema.of(Arrays.stream(columns).map(ColumnData::field).toArray(Field[]::new));
    tracker =
        new DictionaryTracker(
            new DictionaryFields(schema), new DictionaryRelation.Finder(), isFile, deltas);
  }

  private String write(BatchData batch) {
    StringBuilder out = new StringBuilder();
    for (DictionaryTracker.Step step : tracker.plan(batch)) {
      out.append(step.kind()).append(' ').append(step.id());
      out.append(" of ").append(step.values().length()).append(';');
    }
    tracker.remember(batch);
    return out.toString();
  }

  private String write(ColumnData... columns) {
    BatchData batch = BatchData.of(columns[0].length(), List.of(columns), Metadata.EMPTY);
    return write(batch);
  }

  private static ColumnData withId(long id, ColumnData data) {
    Field f = data.field();
    DictionaryEncoding encoding = new DictionaryEncoding(id, INT8, false);
    Field field = new Field("f" + id, true, f.type(), encoding, f.children(), f.metadata());
    return new ColumnData(
        field, data.length(), 0, 0, null, data.buffers(), data.children(), data.dictionary());
  }

  private static ColumnData column(long id, String... values) {
    return withId(id, dictionary(INT8, 1, i8(0), strings(values)));
  }

  /** A dictionary of structs whose child is dictionary-encoded with id 9. */
  private static ColumnData outer(long rows, String... inner) {
    long[] indices = new long[(int) rows];
    for (int i = 0; i < rows; i++) {
      indices[i] = i % inner.length;
    }
    ColumnData child = withId(9, dictionary(INT8, rows, i8(indices), strings(inner)));
    ColumnData values = nested(new ArrowType.Struct(), rows, List.of(), named("s", child));
    return withId(1, dictionary(INT8, 1, i8(0), values));
  }

  @Test
  void theSameValuesAreWrittenOnce() {
    track(false, false, column(1, "a", "b"));
    assertEquals("FIRST 1 of 2;", write(column(1, "a", "b")));
    ColumnData same = column(1, "a", "b");
    assertEquals("", write(same));
    assertEquals("", write(same));
  }

  @Test
  void nullsAmongTheValuesAreCompared() {
    track(false, false, column(1, "a", null));
    assertEquals("FIRST 1 of 2;", write(column(1, "a", null)));
    assertEquals("", write(column(1, "a", null)));
    assertEquals("REPLACEMENT 1 of 2;", write(column(1, null, "a")));
  }

  @Test
  void whatGrewIsADeltaOnlyWhenAskedFor() {
    track(false, true, column(1, "a"));
    assertEquals("FIRST 1 of 1;", write(column(1, "a")));
    assertEquals("DELTA 1 of 2;", write(column(1, "a", "b", "c")));
    assertEquals("DELTA 1 of 1;", write(column(1, "a", "b", "c", "d")));
    tracker.close();
    track(false, false, column(1, "a"));
    assertEquals("FIRST 1 of 1;", write(column(1, "a")));
    assertEquals("REPLACEMENT 1 of 2;", write(column(1, "a", "b")));
  }

  @Test
  void aStreamReplacesWhatShrankOrDiffers() {
    track(false, true, column(1, "a"));
    assertEquals("FIRST 1 of 2;", write(column(1, "a", "b")));
    assertEquals("REPLACEMENT 1 of 1;", write(column(1, "a")));
    assertEquals("REPLACEMENT 1 of 2;", write(column(1, "x", "b")));
  }

  @Test
  void aFileRefusesReplacementByPathAndId() {
    track(true, true, column(7, "a"));
    write(column(7, "a", "b"));
    ArrowFormatException e =
        assertThrows(ArrowFormatException.class, () -> write(column(7, "a", "x")));
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    assertEquals("f7", e.columnPath());
    assertTrue(e.getMessage().contains("dictionary 7 is replaced"), e.getMessage());
  }

  @Test
  void aFileWithoutDeltasRefusesGrowth() {
    track(true, false, column(7, "a"));
    write(column(7, "a"));
    ArrowFormatException e =
        assertThrows(ArrowFormatException.class, () -> write(column(7, "a", "b")));
    assertTrue(e.getMessage().contains("only as a delta"), e.getMessage());
  }

  @Test
  void inAFileABatchMayUseTheBeginningOfADictionary() {
    track(true, true, column(1, "a"));
    write(column(1, "a", "b"));
    assertEquals("", write(column(1, "a")));
    assertEquals("DELTA 1 of 1;", write(column(1, "a", "b", "c")));
  }

  @Test
  void innerDictionariesComeBeforeOuterOnes() {
    track(false, false, outer(2, "x", "y"));
    assertEquals("FIRST 9 of 2;FIRST 1 of 2;", write(outer(2, "x", "y")));
    assertEquals("", write(outer(2, "x", "y")));
  }

  @Test
  void anOuterDictionaryIsWrittenAgainWhenItsInnerOneIsReplaced() {
    track(false, true, outer(2, "x", "y"));
    write(outer(1, "x", "y"));
    // The one outer value is the same, but the index in it now is another dictionary's.
    assertEquals("REPLACEMENT 9 of 2;REPLACEMENT 1 of 1;", write(outer(1, "x", "z")));
  }

  @Test
  void anOuterDictionaryStaysWhenItsInnerOneGrows() {
    track(false, true, outer(2, "x", "y"));
    write(outer(1, "x"));
    assertEquals("DELTA 9 of 1;", write(outer(1, "x", "y")));
  }

  @Test
  void anOuterDictionaryIsNeverADelta() {
    track(false, true, outer(1, "x", "y"));
    write(outer(1, "x", "y"));
    assertEquals("REPLACEMENT 1 of 2;", write(outer(2, "x", "y")));
    tracker.close();
    track(true, true, outer(1, "x", "y"));
    write(outer(1, "x", "y"));
    ArrowFormatException e =
        assertThrows(ArrowFormatException.class, () -> write(outer(2, "x", "y")));
    assertTrue(e.getMessage().contains("dictionaries of their own"), e.getMessage());
  }

  @Test
  void columnsThatShareAnIdShareTheLongerValues() {
    ColumnData longer = named("g", column(1, "a", "b"));
    track(false, true, column(1, "a"), longer);
    assertEquals("FIRST 1 of 2;", write(column(1, "a"), longer));
    assertEquals("", write(column(1, "a", "b"), longer));
  }

  @Test
  void columnsThatShareAnIdMustNotContradictEachOther() {
    ColumnData other = named("g", column(1, "b"));
    track(false, true, column(1, "a"), other);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> write(column(1, "a"), other));
    assertTrue(e.getMessage().contains("f1 and g share dictionary 1"), e.getMessage());
  }

  @Test
  void fieldsOfDifferentTypesMustNotShareAnId() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> track(false, false, column(1, "a"), withId(1, outer(1, "x"))));
    assertTrue(e.getMessage().contains("share dictionary 1"), e.getMessage());
  }

  @Test
  void theBatchOfARememberedDictionaryIsKept() {
    track(false, false, column(1, "a"));
    Owned first = new Owned(column(1, "a"));
    write(first);
    first.release();
    assertEquals(false, first.isFree);
    Owned second = new Owned(column(1, "b"));
    write(second);
    assertEquals(true, first.isFree);
    second.release();
    assertEquals(false, second.isFree);
    tracker.close();
    assertEquals(true, second.isFree);
  }

  @Test
  void aMissingDictionaryIsInvalid() {
    ColumnData column = column(1, "a");
    track(false, false, column);
    ColumnData without =
        new ColumnData(column.field(), 1, 0, 0, null, column.buffers(), List.of(), null);
    ArrowFormatException e = assertThrows(ArrowFormatException.class, () -> write(without));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
  }
}
