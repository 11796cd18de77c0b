package io.nanoarrow.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  @Test
  void textShowsNestingNullabilityAndMetadata() {
    Field item = Field.of("item", new ArrowType.Int(32, true)).withNullable(false);
    Field list =
        Field.of("list", new ArrowType.ListType(), item)
            .withMetadata(Metadata.of(Map.of("k", "v")));
    Field dictionary =
        new Field(
            "d",
            true,
            new ArrowType.Utf8(),
            new DictionaryEncoding(3, new ArrowType.Int(8, true), true),
            List.of(),
            Metadata.EMPTY);
    assertEquals(
        """
        list: list
          item: int32 not null
          -- k=v
        d: dictionary<values=string, indices=int8, ordered=true, id=3>
        """,
        Schema.of(list, dictionary).toString());
  }

  @Test
  void schemasAreEqualByAllTheyHold() {
    Field field = Field.of("a", new ArrowType.Bool());
    assertEquals(Schema.of(field), Schema.of(Field.of("a", new ArrowType.Bool())));
    assertNotEquals(Schema.of(field), Schema.of(field.withNullable(false)));
    assertNotEquals(Schema.of(field), Schema.of(field.withMetadata(Metadata.of(Map.of("k", "v")))));
  }

  @Test
  void firstOfRepeatedNamesIsFound() {
    Field a = Field.of("a", new ArrowType.Bool());
    assertEquals(1, Schema.of(Field.of("", new ArrowType.Null()), a, a).indexOf("a"));
    assertEquals(0, Schema.of(Field.of("", new ArrowType.Null()), a).indexOf(""));
    assertEquals(-1, Schema.of(a).indexOf("b"));
  }

  @Test
  void listsGivenAreCopied() {
    List<Field> fields = new ArrayList<>(List.of(Field.of("a", new ArrowType.Bool())));
    Schema schema = new Schema(fields, Metadata.EMPTY);
    fields.clear();
    assertEquals(1, schema.fields().size());
    assertThrows(UnsupportedOperationException.class, () -> schema.fields().clear());
  }

  @Test
  void metadataKeepsOrderDuplicatesAndBytes() {
    byte[] value = {(byte) 0xFF, 0};
    Metadata metadata =
        Metadata.builder()
            .add("b", "1")
            .add("a", "2")
            .add("b", "3")
            .add(new byte[] {0}, value)
            .build();
    value[0] = 0;
    assertEquals(4, metadata.size());
    assertEquals(Optional.of("1"), metadata.get("b"));
    assertEquals(Optional.empty(), metadata.get("c"));
    assertEquals("3", metadata.entries().get(2).value());
    assertEquals((byte) 0xFF, metadata.entries().get(3).valueBytes()[0]);
    metadata.entries().get(3).valueBytes()[0] = 7;
    assertEquals((byte) 0xFF, metadata.entries().get(3).valueBytes()[0]);
    assertNotEquals(
        Metadata.builder().add("a", "2").add("b", "1").build(),
        Metadata.builder().add("b", "1").add("a", "2").build());
    assertEquals(Metadata.EMPTY, Metadata.builder().build());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 24, 65, 128, -8})
  void widthsThatCannotBeAreRefused(int bits) {
    assertThrows(IllegalArgumentException.class, () -> new ArrowType.Int(bits, true));
    if (bits != 128) {
      assertThrows(IllegalArgumentException.class, () -> new ArrowType.Decimal(1, 0, bits));
    }
  }

  @Test
  void negativeSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ArrowType.FixedSizeBinary(-1));
    assertThrows(IllegalArgumentException.class, () -> new ArrowType.FixedSizeList(-1));
  }
}
