package io.nanoarrow.pure.truncate;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.body.Layout;
import io.nanoarrow.pure.fault.Faults;

/**
 * Cuts rows out of arrays: what they need and no more, as if they had never been part of anything
 * larger. What offsets, type ids, run ends and views say is checked where it is followed; what is
 * passed on as it lies is not looked at. One thread at a time.
 */
public final class Truncator {
  private final BodySink out;
  private final boolean allow64Bit;

  /**
   * A truncator.
   *
   * @param allow64Bit arrays may have more than 2^31-1 rows
   */
  public Truncator(BodySink out, boolean allow64Bit) {
    this.out = out;
    this.allow64Bit = allow64Bit;
  }

  /**
   * Writes rows of an array and what they need of its children.
   *
   * @param start the first row
   * @param count 0 or more
   * @throws ArrowFormatException when the array's buffers do not hold them
   * @throws IllegalArgumentException when the array is laid out in another way
   */
  public void write(ArrayPlan plan, ColumnData array, long start, long count) {
    requireShape(plan, array);
    requireRows(plan, array, start, count);
    long from = array.offset() + start;
    long nulls = plan.layout == Layout.NULL ? count : nulls(plan, array, start, count);
    out.node(count, nulls);
    ArrowBuffer validity = plan.layout == Layout.NULL || nulls == 0 ? null : array.validity();
    if (plan.hasValidity) {
      if (validity == null) {
        out.empty();
      } else {
        Bitmaps.write(out, validity, from, count);
      }
    } else if (validity != null) {
      throw Faults.unsupported(
          "nulls of its own, which metadata V5 has no place for",
          ArrowFormatException.UNKNOWN_OFFSET,
          plan.path.toString());
    }
    writeContent(new Rows(plan, array, start, from, count, validity));
  }

  private void writeContent(Rows rows) {
    switch (rows.plan().layout) {
      case NULL -> {}
      case BITS -> writeBits(rows);
      case FIXED -> writeFixed(rows);
      case BINARY -> Offsets.writeBinary(out, rows, 4);
      case LARGE_BINARY -> Offsets.writeBinary(out, rows, 8);
      case VIEW -> Views.write(out, rows);
      case LIST -> Offsets.writeList(this, out, rows, 4);
      case LARGE_LIST -> Offsets.writeList(this, out, rows, 8);
      case LIST_VIEW -> new ListViews(rows, 4).write(this, out);
      case LARGE_LIST_VIEW -> new ListViews(rows, 8).write(this, out);
      case VALIDITY -> writeChildren(rows);
      case SPARSE_UNION -> Unions.writeSparse(this, out, rows);
      case DENSE_UNION -> Unions.writeDense(this, out, rows);
      case RUN_ENDS -> Runs.write(this, out, rows);
    }
  }

  private void writeFixed(Rows rows) {
    int width = rows.plan().width;
    if (width == 0 || rows.count() == 0) {
      out.empty();
      return;
    }
    out.keep(rows.fixed(0, width, 0), rows.from() * width, rows.count() * width);
  }

  private void writeBits(Rows rows) {
    if (rows.count() == 0) {
      out.empty();
      return;
    }
    ArrowBuffer bits = rows.array().buffers().get(0);
    requireBits(rows.plan(), bits, rows.from() + rows.count());
    Bitmaps.write(out, bits, rows.from(), rows.count());
  }

  /** Writes the children of a struct or fixed-size list, whose rows lie where the parent's do. */
  private void writeChildren(Rows rows) {
    ArrayPlan plan = rows.plan();
    boolean isList = plan.field.type() instanceof io.nanoarrow.schema.ArrowType.FixedSizeList;
    long each = isList ? plan.listSize() : 1;
    if (each > 0 && rows.from() + rows.count() > Long.MAX_VALUE / each) {
      throw rows.invalid(ArrowFormatException.NO_ROW, "more rows than can be");
    }
    for (int i = 0; i < plan.children.length; i++) {
      write(
          plan.children[i],
          rows.array().children().get(i),
          rows.from() * each,
          rows.count() * each);
    }
  }

  /** Counts the nulls among rows unless they are known. */
  private static long nulls(ArrayPlan plan, ColumnData array, long start, long count) {
    ArrowBuffer validity = array.validity();
    long known = array.nullCount();
    if (validity == null || known == 0 || count == 0) {
      return 0;
    }
    long end = array.offset() + start + count;
    requireBits(plan, validity, end);
    if (known == array.length()) {
      return count;
    } else if (known > 0 && known < array.length() && count == array.length()) {
      return known;
    }
    return Bitmaps.countUnset(validity, array.offset() + start, count);
  }

  private static void requireBits(ArrayPlan plan, ArrowBuffer bits, long count) {
    if (bits.sizeBytes() < Bitmaps.sizeBytes(count)) {
      throw Faults.invalid(
          "a bitmap of " + bits.sizeBytes() + " bytes is too short for its rows",
          ArrowFormatException.UNKNOWN_OFFSET,
          plan.path.toString());
    }
  }

  private void requireRows(ArrayPlan plan, ColumnData array, long start, long count) {
    if (start < 0 || start > array.length() || count > array.length() - start) {
      throw Faults.invalid(
          "has " + array.length() + " rows, its parent needs more",
          ArrowFormatException.UNKNOWN_OFFSET,
          plan.path.toString());
    }
    if (count > Integer.MAX_VALUE && !allow64Bit) {
      throw Faults.unsupported(
          count + " rows; more than 2^31-1 are written only when asked for",
          ArrowFormatException.UNKNOWN_OFFSET,
          plan.path.toString());
    }
  }

  /** Checks that an array is one of the plan's. */
  static void requireShape(ArrayPlan plan, ColumnData array) {
    boolean isView = plan.layout == Layout.VIEW;
    int buffers = array.buffers().size();
    if (!plan.fits(array.field())
        || array.children().size() != plan.children.length
        || (isView ? buffers < 1 : buffers != plan.layout.dataBuffers())) {
      throw new IllegalArgumentException(
          "column "
              + plan.path
              + ": an array of "
              + array.field().type()
              + " with "
              + buffers
              + " buffers and "
              + array.children().size()
              + " children where the schema says "
              + plan.field.type());
    }
  }
}
