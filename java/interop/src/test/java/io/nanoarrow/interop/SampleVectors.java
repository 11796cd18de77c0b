package io.nanoarrow.interop;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Fills arrow-java vectors of any type with repeatable values, every seventh or so of them null.
 */
final class SampleVectors {
  private final Random random;

  SampleVectors(long seed) {
    random = new Random(seed);
  }

  /** Returns a new vector of the field's type; the caller closes it. */
  FieldVector vector(Field field, int rows, BufferAllocator allocator) {
    FieldVector vector = field.createVector(allocator);
    fill(vector, rows);
    return vector;
  }

  /** Gives an empty vector {@code rows} values. */
  void fill(FieldVector vector, int rows) {
    vector.setInitialCapacity(Math.max(rows, 1));
    vector.allocateNew();
    if (vector instanceof NullVector) {
      vector.setValueCount(rows);
    } else if (vector instanceof BaseFixedWidthVector fixed) {
      fillFixed(fixed, rows);
    } else if (vector instanceof BaseVariableWidthVector
        || vector instanceof BaseLargeVariableWidthVector
        || vector instanceof BaseVariableWidthViewVector) {
      fillBytes(vector, rows);
    } else if (vector instanceof StructVector struct) {
      fillStruct(struct, rows);
    } else if (vector instanceof ListVector list) {
      fillList(list, rows);
    } else if (vector instanceof LargeListVector list) {
      fillLargeList(list, rows);
    } else if (vector instanceof FixedSizeListVector list) {
      fillFixedSizeList(list, rows);
    } else if (vector instanceof DenseUnionVector union) {
      fillDenseUnion(union, rows);
    } else if (vector instanceof RunEndEncodedVector runs) {
      fillRuns(runs, rows);
    } else {
      throw new IllegalArgumentException("no sample values for " + vector.getField());
    }
  }

  private boolean isNull(FieldVector vector) {
    return vector.getField().isNullable() && random.nextInt(7) == 0;
  }

  private void fillFixed(BaseFixedWidthVector vector, int rows) {
    vector.allocateNew(Math.max(rows, 1));
    vector.getDataBuffer().setZero(0, vector.getDataBuffer().capacity());
    for (int row = 0; row < rows; row++) {
      if (isNull(vector)) {
        vector.setNull(row);
        continue;
      }
      BitVectorHelper.setBit(vector.getValidityBuffer(), row);
      if (vector instanceof BitVector bits) {
        bits.set(row, random.nextInt(2));
      } else if (vector instanceof Float4Vector floats) {
        floats.set(row, (float) random.nextGaussian());
      } else if (vector instanceof Float8Vector doubles) {
        doubles.set(row, random.nextGaussian());
      } else {
        // 15 bits are a valid time, date, decimal and interval in every unit.
        long at = (long) row * vector.getTypeWidth();
        int value = random.nextInt(1 << 15);
        vector.getDataBuffer().setByte(at, value & 0x7f);
        if (vector.getTypeWidth() > 1) {
          vector.getDataBuffer().setByte(at + 1, value >> 8);
        }
      }
    }
    vector.setValueCount(rows);
  }

  private void fillBytes(FieldVector vector, int rows) {
    for (int row = 0; row < rows; row++) {
      if (isNull(vector)) {
        continue;
      }
      // Lengths on both sides of the 12 bytes that a view holds itself.
      byte[] value =
          "v\u00e9"
              .concat("x".repeat(random.nextInt(24)))
              .concat(Integer.toString(row))
              .getBytes(StandardCharsets.UTF_8);
      if (vector instanceof BaseVariableWidthVector bytes) {
        bytes.setSafe(row, value);
      } else if (vector instanceof BaseLargeVariableWidthVector bytes) {
        bytes.setSafe(row, value);
      } else {
        ((BaseVariableWidthViewVector) vector).setSafe(row, value);
      }
    }
    vector.setValueCount(rows);
  }

  private void fillStruct(StructVector struct, int rows) {
    for (FieldVector child : struct.getChildrenFromFields()) {
      fill(child, rows);
    }
    for (int row = 0; row < rows; row++) {
      if (isNull(struct)) {
        struct.setNull(row);
      } else {
        struct.setIndexDefined(row);
      }
    }
    struct.setValueCount(rows);
  }

  private void fillList(ListVector list, int rows) {
    int items = 0;
    for (int row = 0; row < rows; row++) {
      if (isNull(list)) {
        list.setNull(row);
      } else {
        int count = random.nextInt(5);
        list.startNewValue(row);
        list.endValue(row, count);
        items += count;
      }
    }
    fill(list.getDataVector(), items);
    list.setValueCount(rows);
  }

  private void fillLargeList(LargeListVector list, int rows) {
    int items = 0;
    for (int row = 0; row < rows; row++) {
      if (isNull(list)) {
        list.setNull(row);
      } else {
        int count = random.nextInt(5);
        list.startNewValue(row);
        list.endValue(row, count);
        items += count;
      }
    }
    fill(list.getDataVector(), items);
    list.setValueCount(rows);
  }

  private void fillFixedSizeList(FixedSizeListVector list, int rows) {
    for (int row = 0; row < rows; row++) {
      if (isNull(list)) {
        list.setNull(row);
      } else {
        list.startNewValue(row);
      }
    }
    fill(list.getDataVector(), rows * list.getListSize());
    list.setValueCount(rows);
  }

  private void fillDenseUnion(DenseUnionVector union, int rows) {
    int[] counts = new int[union.getField().getChildren().size()];
    for (int row = 0; row < rows; row++) {
      int child = random.nextInt(counts.length);
      union.setTypeId(row, (byte) child);
      union.setOffset(row, counts[child]++);
    }
    for (int child = 0; child < counts.length; child++) {
      fill((FieldVector) union.getVectorByType((byte) child), counts[child]);
    }
    union.setValueCount(rows);
  }

  private void fillRuns(RunEndEncodedVector runs, int rows) {
    int count = (rows + 2) / 3;
    BaseFixedWidthVector ends = (BaseFixedWidthVector) runs.getRunEndsVector();
    ends.allocateNew(Math.max(count, 1));
    for (int run = 0; run < count; run++) {
      BitVectorHelper.setBit(ends.getValidityBuffer(), run);
      ends.getDataBuffer().setInt(4L * run, Math.min(3 * (run + 1), rows));
    }
    ends.setValueCount(count);
    fill(runs.getValuesVector(), count);
    runs.setValueCount(rows);
  }
}
