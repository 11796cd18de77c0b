package io.nanoarrow.pure.encode;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.schema.ArrowType;
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

/** Types as flatbuffers: the union member of a Field table. */
final class TypeWriter {
  private TypeWriter() {}

  /** Returns the number of a type in the union of Schema.fbs. */
  static byte number(ArrowType type) {
    if (type instanceof ArrowType.Null) {
      return Type.Null;
    } else if (type instanceof ArrowType.Bool) {
      return Type.Bool;
    } else if (type instanceof ArrowType.Int) {
      return Type.Int;
    } else if (type instanceof ArrowType.FloatingPoint) {
      return Type.FloatingPoint;
    } else if (type instanceof ArrowType.Decimal) {
      return Type.Decimal;
    } else if (type instanceof ArrowType.Date) {
      return Type.Date;
    } else if (type instanceof ArrowType.Time) {
      return Type.Time;
    } else if (type instanceof ArrowType.Timestamp) {
      return Type.Timestamp;
    } else if (type instanceof ArrowType.Duration) {
      return Type.Duration;
    } else if (type instanceof ArrowType.Interval) {
      return Type.Interval;
    } else if (type instanceof ArrowType.FixedSizeBinary) {
      return Type.FixedSizeBinary;
    }
    return numberOfVariable(type);
  }

  private static byte numberOfVariable(ArrowType type) {
    if (type instanceof ArrowType.Utf8) {
      return Type.Utf8;
    } else if (type instanceof ArrowType.LargeUtf8) {
      return Type.LargeUtf8;
    } else if (type instanceof ArrowType.Utf8View) {
      return Type.Utf8View;
    } else if (type instanceof ArrowType.Binary) {
      return Type.Binary;
    } else if (type instanceof ArrowType.LargeBinary) {
      return Type.LargeBinary;
    } else if (type instanceof ArrowType.BinaryView) {
      return Type.BinaryView;
    }
    return numberOfNested(type);
  }

  private static byte numberOfNested(ArrowType type) {
    if (type instanceof ArrowType.ListType) {
      return Type.List;
    } else if (type instanceof ArrowType.LargeList) {
      return Type.LargeList;
    } else if (type instanceof ArrowType.ListView) {
      return Type.ListView;
    } else if (type instanceof ArrowType.LargeListView) {
      return Type.LargeListView;
    } else if (type instanceof ArrowType.FixedSizeList) {
      return Type.FixedSizeList;
    } else if (type instanceof ArrowType.Struct) {
      return Type.Struct_;
    } else if (type instanceof ArrowType.MapType) {
      return Type.Map;
    } else if (type instanceof ArrowType.Union) {
      return Type.Union;
    } else if (type instanceof ArrowType.RunEndEncoded) {
      return Type.RunEndEncoded;
    }
    throw new IllegalStateException(type + " has no number");
  }

  /** Writes the table of a type and returns its place. */
  static int write(FlatBufferBuilder out, ArrowType type) {
    if (type instanceof ArrowType.Int t) {
      return Int.createInt(out, t.bitWidth(), t.signed());
    } else if (type instanceof ArrowType.FloatingPoint t) {
      return FloatingPoint.createFloatingPoint(out, ordinal(t.precision()));
    } else if (type instanceof ArrowType.Decimal t) {
      return Decimal.createDecimal(out, t.precision(), t.scale(), t.bitWidth());
    } else if (type instanceof ArrowType.Date t) {
      return Date.createDate(out, ordinal(t.unit()));
    } else if (type instanceof ArrowType.Time t) {
      return Time.createTime(out, ordinal(t.unit()), t.bitWidth());
    } else if (type instanceof ArrowType.Timestamp t) {
      int zone = t.timezone() == null ? 0 : Texts.text(out, t.timezone());
      return Timestamp.createTimestamp(out, ordinal(t.unit()), zone);
    } else if (type instanceof ArrowType.Duration t) {
      return Duration.createDuration(out, ordinal(t.unit()));
    } else if (type instanceof ArrowType.Interval t) {
      return Interval.createInterval(out, ordinal(t.unit()));
    } else if (type instanceof ArrowType.FixedSizeBinary t) {
      return FixedSizeBinary.createFixedSizeBinary(out, t.byteWidth());
    } else if (type instanceof ArrowType.FixedSizeList t) {
      return FixedSizeList.createFixedSizeList(out, t.listSize());
    } else if (type instanceof ArrowType.MapType t) {
      return Map.createMap(out, t.keysSorted());
    } else if (type instanceof ArrowType.Union t) {
      int[] ids = t.typeIds().stream().mapToInt(Integer::intValue).toArray();
      return Union.createUnion(out, ordinal(t.mode()), Union.createTypeIdsVector(out, ids));
    }
    out.startTable(0);
    return out.endTable();
  }

  /** The api's enums are in the order of the format's. */
  private static short ordinal(Enum<?> unit) {
    return (short) unit.ordinal();
  }
}
