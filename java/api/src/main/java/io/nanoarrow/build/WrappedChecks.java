package io.nanoarrow.build;

import io.nanoarrow.column.BytesColumn;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.Columns;
import io.nanoarrow.column.DictionaryColumn;
import io.nanoarrow.column.ListColumn;
import io.nanoarrow.column.MapColumn;
import io.nanoarrow.column.RepeatedColumn;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.column.UnionColumn;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.UnionMode;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what a user says is an array, before anybody trusts it. */
final class WrappedChecks {
  private static final int ANY_COUNT = -1;

  private final Field field;
  private final long length;

  WrappedChecks(Field field, long length) {
    this.field = field;
    this.length = length;
    if (length < 0) {
      throw bad("a length of " + length);
    }
  }

  /** Checks that there are the parts that the type has, and how direct memory is aligned. */
  void shape(
      boolean hasValidity,
      List<ByteBuffer> buffers,
      List<ColumnData> children,
      @Nullable ColumnData dictionary) {
    ArrowType type = field.type();
    boolean encoded = field.dictionary() != null;
    if (encoded != (dictionary != null)) {
      throw bad(encoded ? "the dictionary is missing" : "it has no dictionary");
    }
    if (dictionary != null && !dictionary.field().type().equals(type)) {
      throw bad("the dictionary is of " + dictionary.field().type());
    }
    List<Field> expected = encoded ? List.of() : field.children();
    if (!children.stream().map(ColumnData::field).toList().equals(expected)) {
      throw bad("the children are not those of the field");
    }
    int count = encoded ? 1 : bufferCount(type);
    if (count == ANY_COUNT ? buffers.isEmpty() : buffers.size() != count) {
      throw bad(buffers.size() + " buffers");
    }
    boolean ownNulls =
        encoded
            || !(type instanceof ArrowType.Null
                || type instanceof ArrowType.Union
                || type instanceof ArrowType.RunEndEncoded);
    if (hasValidity && !ownNulls) {
      throw bad("the type has no validity bitmap");
    }
    if (!buffers.isEmpty()) {
      ensureAligned(buffers.get(0), 0);
    }
    boolean numbersOnly = type instanceof ArrowType.Union || isListView(type);
    if (numbersOnly && buffers.size() > 1) {
      ensureAligned(buffers.get(1), 1);
    }
  }

  private void ensureAligned(ByteBuffer buffer, int index) {
    int width = index == 1 && field.type() instanceof ArrowType.Union ? 4 : numberBytes();
    if (buffer.isDirect()
        && buffer.hasRemaining()
        && buffer.alignmentOffset(buffer.position(), width) != 0) {
      throw bad("buffer " + index + " does not begin at a multiple of " + width + " bytes");
    }
  }

  /** Returns the width of the numbers that a reader takes at once. */
  private int numberBytes() {
    ArrowType type = field.dictionary() == null ? field.type() : field.dictionary().indexType();
    if (type instanceof ArrowType.Int integer) {
      return integer.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.FloatingPoint number) {
      return switch (number.precision()) {
        case HALF -> 2;
        case SINGLE -> 4;
        case DOUBLE -> 8;
      };
    } else if (type instanceof ArrowType.Bool
        || type instanceof ArrowType.Union
        || type instanceof ArrowType.FixedSizeBinary) {
      return 1;
    } else if (type instanceof ArrowType.Utf8
        || type instanceof ArrowType.Binary
        || type instanceof ArrowType.ListType
        || type instanceof ArrowType.ListView
        || type instanceof ArrowType.MapType
        || type instanceof ArrowType.Interval) {
      return 4;
    } else if (type instanceof ArrowType.Decimal decimal) {
      return Math.min(Long.BYTES, decimal.bitWidth() / Byte.SIZE);
    } else if (type instanceof ArrowType.Time time) {
      return time.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.Date date) {
      return date.unit() == DateUnit.DAY ? 4 : 8;
    }
    return Long.BYTES;
  }

  private static int bufferCount(ArrowType type) {
    if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      return ANY_COUNT;
    } else if (type instanceof ArrowType.Null
        || type instanceof ArrowType.Struct
        || type instanceof ArrowType.FixedSizeList
        || type instanceof ArrowType.RunEndEncoded) {
      return 0;
    } else if (type instanceof ArrowType.Union union) {
      return union.mode() == UnionMode.DENSE ? 2 : 1;
    }
    boolean two =
        type instanceof ArrowType.Utf8
            || type instanceof ArrowType.LargeUtf8
            || type instanceof ArrowType.Binary
            || type instanceof ArrowType.LargeBinary
            || isListView(type);
    return two ? 2 : 1;
  }

  private static boolean isListView(ArrowType type) {
    return type instanceof ArrowType.ListView || type instanceof ArrowType.LargeListView;
  }

  /** Counts the nulls of a bitmap, which must be large enough, and no null where none may be. */
  long nullCount(@Nullable ArrowBuffer validity) {
    if (field.dictionary() == null && field.type() instanceof ArrowType.Null) {
      return length;
    }
    if (validity == null) {
      return 0;
    }
    if (validity.sizeBytes() < (length >> 3) + ((length & 7) == 0 ? 0 : 1)) {
      throw bad("the validity bitmap is too small for the rows");
    }
    long nulls = 0;
    for (long row = 0; row < length; row++) {
      nulls += validity.getBit(row) ? 0 : 1;
    }
    if (nulls > 0 && !field.nullable()) {
      throw bad(nulls + " nulls in a field that is not nullable");
    }
    return nulls;
  }

  /** Checks sizes, and that nothing points outside of what there is. */
  void content(ColumnData data) {
    try {
      Column column = column(data);
      if (column instanceof DictionaryColumn indices) {
        for (long row = 0; row < length; row++) {
          indices.index(row);
        }
      } else if (column instanceof UnionColumn union) {
        checkUnion(union);
      } else if (column instanceof StructColumn struct) {
        for (int i = 0; i < struct.childCount(); i++) {
          struct.child(i);
        }
      } else if (column instanceof BytesColumn || column instanceof RepeatedColumn) {
        checkRanges(data);
      } else if (field.type() instanceof ArrowType.RunEndEncoded) {
        checkRuns(data.children().get(0));
      }
    } catch (ArrowFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Column column(ColumnData data) {
    return Columns.of(data, new Lease("array"), data.field().name());
  }

  /** Under nulls, too: other readers look there. */
  private void checkRanges(ColumnData data) {
    Column column =
        column(
            new ColumnData(
                data.field(), length, 0, 0, null, data.buffers(), data.children(), null));
    for (long row = 0; row < length; row++) {
      if (column instanceof BytesColumn bytes) {
        bytes.byteLength(row);
      } else if (column instanceof ListColumn || column instanceof MapColumn) {
        ((RepeatedColumn) column).size(row);
      }
    }
  }

  private void checkUnion(UnionColumn union) {
    for (int i = 0; i < union.childCount(); i++) {
      union.child(i);
    }
    for (long row = 0; row < length; row++) {
      union.childRow(row);
    }
  }

  private void checkRuns(ColumnData ends) {
    var column = column(ends).asInteger();
    long last = 0;
    for (long run = 0; run < column.length(); run++) {
      long end = column.getLong(run);
      if (column.isNull(run) || end <= last) {
        throw bad("run " + run + " does not end behind the one before");
      }
      last = end;
    }
  }

  private IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(
        "field " + field.name() + " (" + field.type() + "): " + what);
  }
}
