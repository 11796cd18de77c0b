package io.nanoarrow.build;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.DictionaryColumn;
import io.nanoarrow.column.RunEndEncodedColumn;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodedBuildersTest {
  private static Field dictionary(String name, long id, int indexBits, ArrowType type) {
    return new Field(
        name,
        true,
        type,
        new DictionaryEncoding(id, new ArrowType.Int(indexBits, true), false),
        List.of(),
        Metadata.EMPTY);
  }

  private static Field runs(int endBits, Field values) {
    return Field.of(
        "r",
        new ArrowType.RunEndEncoded(),
        Field.of("run_ends", new ArrowType.Int(endBits, true)).withNullable(false),
        values);
  }

  private static final Field TEXTS = dictionary("d", 1, 32, new ArrowType.Utf8());
  private static final Field RUNS = runs(32, Field.of("values", new ArrowType.Utf8()));

  @Test
  void equalValuesHaveOneIndex() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(TEXTS))) {
      DictionaryBuilder texts = builder.column(0).asDictionary();
      texts.append("a");
      texts.append("b");
      texts.appendNull();
      texts.appendObject(new StringBuilder("a"));
      try (RecordBatch batch = builder.build()) {
        assertEquals(asList("a", "b", null, "a"), Built.rows(batch, 0));
        DictionaryColumn column = batch.column(0).asDictionary();
        assertEquals(2, column.values().length());
        assertEquals(1, column.nullCount());
        assertEquals(0, column.index(3));
      }
    }
  }

  @Test
  void dictionaryGrowsOverBatchesAndOldOnesStay() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(TEXTS))) {
      DictionaryBuilder texts = builder.column(0).asDictionary();
      texts.append("a");
      try (RecordBatch first = builder.build()) {
        for (int i = 0; i < 1000; i++) {
          texts.append("value " + i);
        }
        texts.append("a");
        try (RecordBatch second = builder.build()) {
          DictionaryColumn old = first.column(0).asDictionary();
          DictionaryColumn grown = second.column(0).asDictionary();
          assertEquals(1, old.values().length());
          assertEquals("a", old.getObject(0));
          assertEquals(1001, grown.values().length());
          assertEquals(0, grown.index(1000));
          assertEquals("value 999", grown.getObject(999));
        }
      }
    }
  }

  @Test
  void dictionaryThatDidNotGrowIsTheSameObject() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(TEXTS))) {
      builder.appendRow("a");
      try (RecordBatch first = builder.build()) {
        builder.appendRow("a");
        try (RecordBatch second = builder.build()) {
          assertSame(first.column(0).data().dictionary(), second.column(0).data().dictionary());
        }
      }
    }
  }

  @Test
  void indicesIntoAGivenDictionary() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(TEXTS))) {
      DictionaryBuilder texts = builder.column(0).asDictionary();
      assertEquals(0, texts.addValue("x"));
      assertEquals(1, texts.addValue(null));
      assertEquals(2, texts.addValue("y"));
      texts.appendIndex(2);
      texts.appendIndex(1);
      texts.append("x");
      assertThrows(IllegalArgumentException.class, () -> texts.appendIndex(3));
      assertThrows(IllegalArgumentException.class, () -> texts.appendIndex(-1));
      try (RecordBatch batch = builder.build()) {
        assertEquals(asList("y", null, "x"), Built.rows(batch, 0));
        assertEquals(3, texts.dictionarySize());
      }
    }
  }

  @Test
  void moreValuesThanIndicesAreRefused() {
    Field bytes = dictionary("d", 1, 8, new ArrowType.Int(64, true));
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(bytes))) {
      DictionaryBuilder longs = builder.column(0).asDictionary();
      for (long i = 0; i < 128; i++) {
        longs.append(i);
      }
      assertThrows(IllegalArgumentException.class, () -> longs.append(128));
      longs.append(127);
      try (RecordBatch batch = builder.build()) {
        assertEquals(129, batch.rowCount());
        assertEquals(127L, batch.column(0).getObject(128));
      }
    }
  }

  @Test
  void valueOfAnotherTypeIsRefusedAndNotRemembered() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(TEXTS))) {
      DictionaryBuilder texts = builder.column(0).asDictionary();
      assertThrows(IllegalArgumentException.class, () -> texts.append(5));
      assertThrows(IllegalArgumentException.class, () -> texts.append(5));
      assertEquals(0, texts.dictionarySize());
      assertEquals(0, texts.length());
    }
  }

  @Test
  void fieldsOfOneIdShareTheDictionary() {
    Schema schema =
        Schema.of(
            dictionary("a", 4, 32, new ArrowType.Utf8()),
            dictionary("b", 4, 16, new ArrowType.Utf8()));
    try (BatchBuilder builder = BatchBuilder.of(schema)) {
      builder.appendRow("x", "y");
      builder.appendRow("y", "y");
      try (RecordBatch batch = builder.build()) {
        assertSame(batch.column(0).data().dictionary(), batch.column(1).data().dictionary());
        assertEquals(List.of("x", "y"), Built.rows(batch, 0));
        assertEquals(List.of("y", "y"), Built.rows(batch, 1));
      }
    }
    Schema clash =
        Schema.of(
            dictionary("a", 4, 32, new ArrowType.Utf8()),
            dictionary("b", 4, 32, new ArrowType.Binary()));
    assertThrows(IllegalArgumentException.class, () -> BatchBuilder.of(clash));
  }

  @Test
  void aSharedValueWhoseIndexIsTooLargeForOneOfTheFieldsIsRefused() {
    Schema schema =
        Schema.of(
            dictionary("wide", 4, 32, new ArrowType.Int(32, true)),
            dictionary("narrow", 4, 8, new ArrowType.Int(32, true)));
    try (BatchBuilder builder = BatchBuilder.of(schema)) {
      DictionaryBuilder wide = builder.column(0).asDictionary();
      DictionaryBuilder narrow = builder.column(1).asDictionary();
      for (int i = 0; i <= 128; i++) {
        wide.append(i);
      }
      assertThrows(IllegalArgumentException.class, () -> narrow.append(128));
      assertThrows(IllegalArgumentException.class, () -> narrow.appendObject(128));
      assertEquals(0, narrow.length());
      for (int i = 0; i <= 128; i++) {
        narrow.append(127);
      }
      try (RecordBatch batch = builder.build()) {
        assertEquals(128, batch.column(0).getObject(128));
        assertEquals(127, batch.column(1).getObject(128));
      }
    }
  }

  @Test
  void dictionaryBelowANullThatCannotBeNullHasAValue() {
    Field field =
        Field.of(
            "s",
            new ArrowType.Struct(),
            dictionary("d", 1, 8, new ArrowType.Utf8()).withNullable(false));
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(field))) {
      builder.appendRow((Object) null);
      try (RecordBatch batch = builder.build()) {
        DictionaryColumn child = batch.column(0).asStruct().child(0).asDictionary();
        assertEquals(0, child.index(0));
      }
    }
  }

  @Test
  void runsOfValues() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(RUNS))) {
      RunEndEncodedBuilder runs = builder.column(0).asRunEndEncoded();
      runs.values().asUtf8().append("a");
      runs.endRun(3);
      runs.extendRun(1);
      runs.appendObject("b");
      runs.appendObject("b");
      runs.appendNull();
      runs.appendRun(null, 2);
      runs.appendRun("b", 1);
      assertEquals(4, runs.runCount());
      try (RecordBatch batch = builder.build()) {
        assertEquals(
            asList("a", "a", "a", "a", "b", "b", null, null, null, "b"), Built.rows(batch, 0));
        RunEndEncodedColumn column = batch.column(0).asRunEndEncoded();
        assertEquals(4, column.runCount());
        assertEquals(3, column.nullCount());
      }
    }
  }

  @Test
  void bytesChangedAfterTheAppendAreAnotherRun() {
    byte[] bytes = {1};
    assertEquals(
        asList(Built.bytes(1), Built.bytes(2)),
        Built.rows(
            runs(16, Field.of("values", new ArrowType.Binary())),
            column -> {
              column.appendObject(bytes);
              bytes[0] = 2;
              column.appendObject(bytes);
            }));
  }

  @Test
  void runsThatTheEndsCannotCountAreRefused() {
    try (BatchBuilder builder =
        BatchBuilder.of(Schema.of(runs(16, Field.of("values", new ArrowType.Bool()))))) {
      RunEndEncodedBuilder runs = builder.column(0).asRunEndEncoded();
      runs.appendRun(true, Short.MAX_VALUE);
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> runs.appendObject(true));
      assertTrue(e.getMessage().startsWith("column r would have more rows"), e.getMessage());
      assertThrows(IllegalStateException.class, () -> runs.appendObject(false));
      assertThrows(IllegalArgumentException.class, () -> runs.appendRun(true, 0));
      try (RecordBatch batch = builder.build()) {
        assertEquals(Short.MAX_VALUE, batch.rowCount());
      }
    }
  }

  @Test
  void unfinishedRunIsRefused() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(RUNS))) {
      RunEndEncodedBuilder runs = builder.column(0).asRunEndEncoded();
      assertThrows(IllegalStateException.class, () -> runs.endRun(1));
      assertThrows(IllegalStateException.class, () -> runs.extendRun(1));
      runs.values().asUtf8().append("a");
      assertThrows(IllegalStateException.class, builder::build);
      assertThrows(IllegalStateException.class, () -> runs.appendObject("b"));
    }
  }

  @Test
  void runsAreTruncated() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(RUNS))) {
      RunEndEncodedBuilder runs = builder.column(0).asRunEndEncoded();
      runs.appendRun("a", 3);
      runs.appendRun("b", 3);
      runs.appendRun("c", 3);
      builder.truncate(4);
      runs.appendObject("c");
      builder.truncate(5);
      try (RecordBatch batch = builder.build()) {
        assertEquals(List.of("a", "a", "a", "b", "c"), Built.rows(batch, 0));
        assertEquals(3, batch.column(0).asRunEndEncoded().runCount());
      }
    }
  }
}
