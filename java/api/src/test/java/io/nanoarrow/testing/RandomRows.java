package io.nanoarrow.testing;

import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.build.ListBuilder;
import io.nanoarrow.build.MapBuilder;
import io.nanoarrow.build.RunEndEncodedBuilder;
import io.nanoarrow.build.StructBuilder;
import io.nanoarrow.build.UnionBuilder;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Appends random values, and says what reading them must give. */
public final class RandomRows {
  private final Random random;
  private final RandomValues values;

  /** The share of nulls of each column: none, some, half, all. */
  private final Map<ColumnBuilder, Double> nullShares = new HashMap<>();

  /** Values that come from a source of random numbers. */
  public RandomRows(Random random) {
    this.random = random;
    this.values = new RandomValues(random);
  }

  /** Appends rows to every column; returns, for each, what {@code getObject} must give. */
  public List<List<@Nullable Object>> append(BatchBuilder builder, int rowCount) {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int i = 0; i < builder.columnCount(); i++) {
      List<@Nullable Object> column = new ArrayList<>();
      for (int row = 0; row < rowCount; row++) {
        column.add(append(builder.column(i)));
      }
      expected.add(column);
    }
    return expected;
  }

  private @Nullable Object append(ColumnBuilder builder) {
    if (builder instanceof UnionBuilder union) {
      List<Integer> ids = ((ArrowType.Union) union.type()).typeIds();
      return append(union.select(ids.get(random.nextInt(ids.size()))));
    } else if (builder instanceof RunEndEncodedBuilder runs) {
      Object value = append(runs.values());
      runs.endRun(1);
      return value;
    }
    double share =
        nullShares.computeIfAbsent(
            builder, each -> new double[] {0, 0.1, 0.5, 1}[random.nextInt(4)]);
    if (builder.field().nullable() && random.nextDouble() < share
        || builder.type() instanceof ArrowType.Null) {
      builder.appendNull();
      return null;
    } else if (builder instanceof ListBuilder list) {
      return appendList(list);
    } else if (builder instanceof MapBuilder map) {
      return appendMap(map);
    } else if (builder instanceof StructBuilder struct) {
      return appendStruct(struct);
    }
    Object value = values.next(builder.type());
    builder.appendObject(value);
    return value;
  }

  private Object appendList(ListBuilder list) {
    int size =
        list.type() instanceof ArrowType.FixedSizeList fixed ? fixed.listSize() : random.nextInt(4);
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(append(list.values()));
    }
    list.endList();
    return elements;
  }

  private Object appendMap(MapBuilder map) {
    List<Object> entries = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.add(new SimpleImmutableEntry<>(append(map.keys()), append(map.values())));
    }
    map.endMap();
    return entries;
  }

  private Object appendStruct(StructBuilder struct) {
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    for (int i = 0; i < struct.childCount(); i++) {
      Field child = struct.child(i).field();
      String key = child.name();
      while (parts.containsKey(key)) {
        key = key + "#" + i;
      }
      parts.put(key, append(struct.child(i)));
    }
    struct.endStruct();
    return parts;
  }
}
