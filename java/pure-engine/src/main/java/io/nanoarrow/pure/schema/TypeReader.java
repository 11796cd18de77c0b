package io.nanoarrow.pure.schema;

import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;

/** The type of one field, its parameters and children checked. */
final class TypeReader {
  private static final int MAX_TYPE_ID = 127;

  private final long inputOffset;
  private final FieldPath path;

  TypeReader(long inputOffset, FieldPath path) {
    this.inputOffset = inputOffset;
    this.path = path;
  }

  ArrowType type(org.apache.arrow.flatbuf.Field field, int childCount) {
    boolean isKnown = field.typeType() >= 0 && field.typeType() <= Type.LargeListView;
    if (isKnown && (field.typeType() == Type.NONE || field.type(new Int()) == null)) {
      throw invalid("a field without a type");
    }
    return switch (field.typeType()) {
      case Type.Null -> new ArrowType.Null();
      case Type.Bool -> new ArrowType.Bool();
      case Type.Int -> integer((Int) field.type(new Int()));
      case Type.FloatingPoint ->
          new ArrowType.FloatingPoint(
              unit(
                  FloatingPointPrecision.values(),
                  ((FloatingPoint) field.type(new FloatingPoint())).precision()));
      case Type.Decimal -> decimal((Decimal) field.type(new Decimal()));
      case Type.Date ->
          new ArrowType.Date(unit(DateUnit.values(), ((Date) field.type(new Date())).unit()));
      case Type.Time -> time((Time) field.type(new Time()));
      case Type.Timestamp -> timestamp((Timestamp) field.type(new Timestamp()));
      case Type.Duration ->
          new ArrowType.Duration(
              unit(TimeUnit.values(), ((Duration) field.type(new Duration())).unit()));
      case Type.Interval ->
          new ArrowType.Interval(
              unit(IntervalUnit.values(), ((Interval) field.type(new Interval())).unit()));
      case Type.Utf8 -> new ArrowType.Utf8();
      case Type.LargeUtf8 -> new ArrowType.LargeUtf8();
      case Type.Utf8View -> new ArrowType.Utf8View();
      case Type.Binary -> new ArrowType.Binary();
      case Type.LargeBinary -> new ArrowType.LargeBinary();
      case Type.BinaryView -> new ArrowType.BinaryView();
      case Type.FixedSizeBinary ->
          new ArrowType.FixedSizeBinary(
              notNegative(((FixedSizeBinary) field.type(new FixedSizeBinary())).byteWidth()));
      case Type.List -> new ArrowType.ListType();
      case Type.LargeList -> new ArrowType.LargeList();
      case Type.ListView -> new ArrowType.ListView();
      case Type.LargeListView -> new ArrowType.LargeListView();
      case Type.FixedSizeList ->
          new ArrowType.FixedSizeList(
              notNegative(((FixedSizeList) field.type(new FixedSizeList())).listSize()));
      case Type.Struct_ -> new ArrowType.Struct();
      case Type.Map -> new ArrowType.MapType(((Map) field.type(new Map())).keysSorted());
      case Type.Union -> union((Union) field.type(new Union()), childCount);
      case Type.RunEndEncoded -> new ArrowType.RunEndEncoded();
      default -> throw unsupported("a type of number " + (field.typeType() & 0xFF));
    };
  }

  ArrowType.Int integer(Int type) {
    int width = type.bitWidth();
    if (width != 8 && width != 16 && width != 32 && width != 64) {
      throw invalid("an integer of " + width + " bits");
    }
    return new ArrowType.Int(width, type.isSigned());
  }

  private ArrowType decimal(Decimal type) {
    int width = type.bitWidth();
    int digits =
        switch (width) {
          case 32 -> 9;
          case 64 -> 18;
          case 128 -> 38;
          case 256 -> 76;
          default -> throw invalid("a decimal of " + width + " bits");
        };
    if (type.precision() < 1 || type.precision() > digits) {
      throw invalid("a decimal" + width + " of " + type.precision() + " digits");
    }
    return new ArrowType.Decimal(type.precision(), type.scale(), width);
  }

  private ArrowType time(Time type) {
    ArrowType.Time time = new ArrowType.Time(unit(TimeUnit.values(), type.unit()));
    if (type.bitWidth() != time.bitWidth()) {
      throw invalid("a time of " + type.bitWidth() + " bits in unit " + time.unit());
    }
    return time;
  }

  private ArrowType timestamp(Timestamp type) {
    String zone = SchemaReader.text(type.timezoneAsByteBuffer());
    return new ArrowType.Timestamp(
        unit(TimeUnit.values(), type.unit()), zone.isEmpty() ? null : zone);
  }

  private ArrowType union(Union type, int childCount) {
    UnionMode mode = unit(UnionMode.values(), type.mode());
    boolean listed = type.typeIdsVector() != null;
    if (childCount > MAX_TYPE_ID + 1) {
      throw invalid("a union of " + childCount + " children");
    } else if (listed && type.typeIdsLength() != childCount) {
      throw invalid(
          "a union of " + childCount + " children, " + type.typeIdsLength() + " type ids");
    }
    boolean[] seen = new boolean[MAX_TYPE_ID + 1];
    List<Integer> typeIds = new ArrayList<>(childCount);
    for (int i = 0; i < childCount; i++) {
      int typeId = listed ? type.typeIds(i) : i;
      if (typeId < 0 || typeId > MAX_TYPE_ID || seen[typeId]) {
        throw invalid("a union's type id " + typeId + " is negative, above 127 or twice there");
      }
      seen[typeId] = true;
      typeIds.add(typeId);
    }
    return new ArrowType.Union(mode, typeIds);
  }

  /** Tells whether fields of a type have children; those of others carry no data. */
  static boolean hasChildren(ArrowType type) {
    return type instanceof ArrowType.Struct
        || type instanceof ArrowType.Union
        || Nesting.of(type) != Nesting.NONE;
  }

  /** Checks the number and types of a field's children. */
  void requireChildren(ArrowType type, List<Field> children) {
    if (type instanceof ArrowType.Struct || type instanceof ArrowType.Union) {
      return;
    }
    int expected =
        switch (Nesting.of(type)) {
          case NONE -> 0;
          case ONE_CHILD, MAP -> 1;
          case RUN_ENDS -> 2;
        };
    if (children.size() != expected) {
      throw invalid(type + " with " + children.size() + " children instead of " + expected);
    }
    if (Nesting.of(type) == Nesting.MAP) {
      requireEntries(children.get(0));
    } else if (Nesting.of(type) == Nesting.RUN_ENDS) {
      requireRunEnds(children.get(0));
    }
  }

  private enum Nesting {
    NONE,
    ONE_CHILD,
    MAP,
    RUN_ENDS;

    static Nesting of(ArrowType type) {
      if (type instanceof ArrowType.MapType) {
        return MAP;
      } else if (type instanceof ArrowType.RunEndEncoded) {
        return RUN_ENDS;
      }
      boolean list =
          type instanceof ArrowType.ListType
              || type instanceof ArrowType.LargeList
              || type instanceof ArrowType.ListView
              || type instanceof ArrowType.LargeListView
              || type instanceof ArrowType.FixedSizeList;
      return list ? ONE_CHILD : NONE;
    }
  }

  private void requireEntries(Field entries) {
    if (!(entries.type() instanceof ArrowType.Struct)
        || entries.dictionary() != null
        || entries.children().size() != 2) {
      throw invalid("a map whose child is no struct of key and value");
    }
  }

  private void requireRunEnds(Field runEnds) {
    boolean fits =
        runEnds.dictionary() == null
            && runEnds.type() instanceof ArrowType.Int width
            && width.signed()
            && width.bitWidth() > 8;
    if (!fits) {
      throw invalid("run ends that are no int16, int32 or int64");
    }
  }

  private <E> E unit(E[] units, int number) {
    if (number < 0 || number >= units.length) {
      throw invalid("a unit or mode of number " + number);
    }
    return units[number];
  }

  private int notNegative(int size) {
    if (size < 0) {
      throw invalid("a fixed size of " + size);
    }
    return size;
  }

  RuntimeException invalid(String detail) {
    return Faults.invalid(detail, inputOffset, path.toString());
  }

  RuntimeException unsupported(String detail) {
    return Faults.unsupported(detail, inputOffset, path.toString());
  }
}
