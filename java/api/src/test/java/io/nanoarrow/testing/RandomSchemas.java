package io.nanoarrow.testing;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Schemas of any types, nested up to a depth; the same for the same seed. */
public final class RandomSchemas {
  private static final int DEPTH = 3;
  private static final List<String> NAMES = List.of("a", "b", "c", "", "a.b", "é", "item");
  private static final List<String> ZONES = List.of("UTC", "Europe/Paris", "+02:00");

  private final Random random;
  private long nextDictionary;

  /** Schemas that come from a source of random numbers. */
  public RandomSchemas(Random random) {
    this.random = random;
  }

  /** Returns a schema of one to five columns. */
  public Schema next() {
    nextDictionary = random.nextInt(10);
    return new Schema(fields(1 + random.nextInt(5), DEPTH), metadata());
  }

  private List<Field> fields(int count, int depth) {
    return IntStream.range(0, count).mapToObj(i -> field(depth)).toList();
  }

  private Metadata metadata() {
    return switch (random.nextInt(8)) {
      case 0 -> Metadata.of(Map.of("key", "value " + random.nextInt(), "", "\u0000"));
      case 1 -> Metadata.of(Map.of(Field.EXTENSION_NAME, "test.extension"));
      default -> Metadata.EMPTY;
    };
  }

  private Field field(int depth) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    boolean nullable = random.nextInt(4) != 0;
    return field(name, nullable, depth).withMetadata(metadata());
  }

  private Field field(String name, boolean nullable, int depth) {
    if (depth == 0 || random.nextInt(10) < 5) {
      ArrowType type = leaf();
      return encoded(Field.of(name, type).withNullable(nullable || type instanceof ArrowType.Null));
    }
    int below = depth - 1;
    return switch (random.nextInt(10)) {
      case 0 -> Field.of(name, new ArrowType.ListType(), field(below)).withNullable(nullable);
      case 1 -> Field.of(name, new ArrowType.LargeList(), field(below)).withNullable(nullable);
      case 2 -> Field.of(name, new ArrowType.ListView(), field(below)).withNullable(nullable);
      case 3 -> Field.of(name, new ArrowType.LargeListView(), field(below)).withNullable(nullable);
      case 4 ->
          Field.of(name, new ArrowType.FixedSizeList(random.nextInt(4)), field(below))
              .withNullable(nullable);
      case 5, 6 -> struct(name, random.nextInt(4), below).withNullable(nullable);
      case 7 -> map(name, below).withNullable(nullable);
      case 8 -> union(name, below);
      default -> runs(name, below);
    };
  }

  private Field struct(String name, int children, int depth) {
    return Field.of(name, new ArrowType.Struct(), fields(children, depth).toArray(Field[]::new));
  }

  private Field map(String name, int depth) {
    Field key = field(0).withNullable(false);
    while (key.type() instanceof ArrowType.Null) {
      key = field(0).withNullable(false);
    }
    Field entries = Field.of("entries", new ArrowType.Struct(), key, field(depth));
    return Field.of(name, new ArrowType.MapType(random.nextBoolean()), entries.withNullable(false));
  }

  private Field union(String name, int depth) {
    List<Integer> ids = new ArrayList<>(IntStream.range(0, 128).boxed().toList());
    Collections.shuffle(ids, random);
    int children = 1 + random.nextInt(3);
    UnionMode mode = random.nextBoolean() ? UnionMode.SPARSE : UnionMode.DENSE;
    return Field.of(
        name,
        new ArrowType.Union(mode, ids.subList(0, children)),
        fields(children, depth).toArray(Field[]::new));
  }

  private Field runs(String name, int depth) {
    ArrowType ends = new ArrowType.Int(16 << random.nextInt(3), true);
    return Field.of(
        name,
        new ArrowType.RunEndEncoded(),
        Field.of("run_ends", ends).withNullable(false),
        field(depth));
  }

  private Field encoded(Field plain) {
    if (random.nextInt(6) != 0 || plain.type() instanceof ArrowType.Null) {
      return plain;
    }
    ArrowType.Int index = new ArrowType.Int(16 << random.nextInt(3), random.nextBoolean());
    DictionaryEncoding encoding =
        new DictionaryEncoding(nextDictionary++, index, random.nextBoolean());
    return new Field(
        plain.name(), plain.nullable(), plain.type(), encoding, List.of(), Metadata.EMPTY);
  }

  private ArrowType leaf() {
    return switch (random.nextInt(20)) {
      case 0 -> new ArrowType.Null();
      case 1 -> new ArrowType.Bool();
      case 2, 3, 4 -> new ArrowType.Int(8 << random.nextInt(4), random.nextBoolean());
      case 5 -> new ArrowType.FloatingPoint(any(FloatingPointPrecision.values()));
      case 6, 7 -> decimal();
      case 8 -> new ArrowType.Date(any(DateUnit.values()));
      case 9 -> new ArrowType.Time(any(TimeUnit.values()));
      case 10 -> new ArrowType.Timestamp(any(TimeUnit.values()), null);
      case 11 ->
          new ArrowType.Timestamp(any(TimeUnit.values()), ZONES.get(random.nextInt(ZONES.size())));
      case 12 -> new ArrowType.Duration(any(TimeUnit.values()));
      case 13 -> new ArrowType.Interval(any(IntervalUnit.values()));
      case 14 -> random.nextBoolean() ? new ArrowType.Utf8() : new ArrowType.LargeUtf8();
      case 15 -> new ArrowType.Utf8View();
      case 16 -> random.nextBoolean() ? new ArrowType.Binary() : new ArrowType.LargeBinary();
      case 17 -> new ArrowType.BinaryView();
      case 18 -> new ArrowType.FixedSizeBinary(random.nextInt(20));
      default -> new ArrowType.Utf8();
    };
  }

  private ArrowType decimal() {
    int bits = 32 << random.nextInt(4);
    int digits = 1 + random.nextInt(bits == 32 ? 9 : bits == 64 ? 18 : bits == 128 ? 38 : 76);
    return new ArrowType.Decimal(digits, random.nextInt(digits + 5) - 3, bits);
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
