package io.nanoarrow.pure.encode;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.Arrays;

/** A growing list of pairs of numbers: FieldNode and Buffer structs. */
final class Pairs {
  private static final int STRUCT_SIZE = 16;

  private long[] numbers = new long[32];
  private int size;

  void clear() {
    size = 0;
  }

  void add(long first, long second) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size] = first;
    numbers[size + 1] = second;
    size += 2;
  }

  /** Returns how many pairs there are. */
  int count() {
    return size / 2;
  }

  long first(int index) {
    return numbers[2 * index];
  }

  long second(int index) {
    return numbers[2 * index + 1];
  }

  /** Writes them as a vector of structs of two longs, all at once, and returns its place. */
  int write(FlatBufferBuilder out) {
    out.createUnintializedVector(STRUCT_SIZE, count(), Long.BYTES)
        .asLongBuffer()
        .put(numbers, 0, size);
    return out.endVector();
  }
}
