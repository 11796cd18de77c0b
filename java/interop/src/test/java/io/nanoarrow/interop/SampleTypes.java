package io.nanoarrow.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** One field for every type that arrow-java's C Data import knows, by name. */
final class SampleTypes {
  private SampleTypes() {}

  static List<Field> all() {
    List<Field> fields = new ArrayList<>();
    fields.add(leaf("null", ArrowType.Null.INSTANCE));
    fields.add(leaf("bool", ArrowType.Bool.INSTANCE));
    for (int bits = 8; bits <= 64; bits *= 2) {
      fields.add(leaf("int" + bits, new ArrowType.Int(bits, true)));
      fields.add(leaf("uint" + bits, new ArrowType.Int(bits, false)));
    }
    for (FloatingPointPrecision precision : FloatingPointPrecision.values()) {
      fields.add(leaf("float_" + precision, new ArrowType.FloatingPoint(precision)));
    }
    fields.add(leaf("decimal128", new ArrowType.Decimal(20, 3, 128)));
    fields.add(leaf("decimal256", new ArrowType.Decimal(50, 3, 256)));
    for (DateUnit unit : DateUnit.values()) {
      fields.add(leaf("date_" + unit, new ArrowType.Date(unit)));
    }
    for (TimeUnit unit : TimeUnit.values()) {
      int bits = unit == TimeUnit.SECOND || unit == TimeUnit.MILLISECOND ? 32 : 64;
      fields.add(leaf("time_" + unit, new ArrowType.Time(unit, bits)));
      fields.add(leaf("timestamp_" + unit, new ArrowType.Timestamp(unit, null)));
      fields.add(leaf("timestamp_tz_" + unit, new ArrowType.Timestamp(unit, "Europe/Paris")));
      fields.add(leaf("duration_" + unit, new ArrowType.Duration(unit)));
    }
    for (IntervalUnit unit : IntervalUnit.values()) {
      fields.add(leaf("interval_" + unit, new ArrowType.Interval(unit)));
    }
    fields.add(leaf("utf8", ArrowType.Utf8.INSTANCE));
    fields.add(leaf("binary", ArrowType.Binary.INSTANCE));
    fields.add(leaf("large_utf8", ArrowType.LargeUtf8.INSTANCE));
    fields.add(leaf("large_binary", ArrowType.LargeBinary.INSTANCE));
    fields.add(leaf("utf8_view", ArrowType.Utf8View.INSTANCE));
    fields.add(leaf("binary_view", ArrowType.BinaryView.INSTANCE));
    fields.add(leaf("fixed_size_binary", new ArrowType.FixedSizeBinary(5)));
    addNested(fields);
    return fields;
  }

  private static void addNested(List<Field> fields) {
    Field item = leaf("item", new ArrowType.Int(32, true));
    Field text = leaf("text", ArrowType.Utf8.INSTANCE);
    fields.add(nested("list", ArrowType.List.INSTANCE, item));
    fields.add(nested("large_list", ArrowType.LargeList.INSTANCE, text));
    fields.add(nested("fixed_size_list", new ArrowType.FixedSizeList(3), item));
    fields.add(nested("struct", ArrowType.Struct.INSTANCE, item, text));
    fields.add(
        nested(
            "list_of_structs",
            ArrowType.List.INSTANCE,
            nested("item", ArrowType.Struct.INSTANCE, item, text)));
    fields.add(
        nested(
            "map",
            new ArrowType.Map(false),
            new Field(
                "entries",
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(
                    new Field("key", FieldType.notNullable(ArrowType.Utf8.INSTANCE), null),
                    leaf("value", new ArrowType.Int(64, true))))));
    fields.add(
        new Field(
            "dense_union",
            FieldType.notNullable(new ArrowType.Union(UnionMode.Dense, new int[] {0, 1})),
            List.of(item, text)));
    fields.add(
        new Field(
            "run_end_encoded",
            FieldType.notNullable(ArrowType.RunEndEncoded.INSTANCE),
            List.of(
                new Field("run_ends", FieldType.notNullable(new ArrowType.Int(32, true)), null),
                leaf("values", ArrowType.Utf8.INSTANCE))));
    fields.add(
        new Field(
            "required",
            new FieldType(false, new ArrowType.Int(64, true), null, Map.of("unit", "m")),
            null));
  }

  private static Field leaf(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), null);
  }

  private static Field nested(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }
}
