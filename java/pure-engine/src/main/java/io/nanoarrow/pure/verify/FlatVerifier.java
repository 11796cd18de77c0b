package io.nanoarrow.pure.verify;

import io.nanoarrow.pure.fault.Faults;
import java.nio.ByteBuffer;

/**
 * Checks the parts of one flatbuffer before they are used: every table, vtable, field, vector and
 * string lies inside the bytes given. Positions are absolute in the ByteBuffer, {@link #ABSENT}
 * where an optional part is missing. What is wrong is an ArrowFormatException at its byte in the
 * input. Reusable; one thread at a time.
 */
public final class FlatVerifier {
  /** The position of a part that is not there. */
  public static final int ABSENT = 0;

  /** The most tables looked at in one flatbuffer; tables may be shared, so bytes bound nothing. */
  static final int MAX_TABLES = 1_000_000;

  /**
   * Strings may be shared too: what all of them together may measure, beside a multiple of size.
   */
  private static final long SHARED_STRING_BYTES = 64L << 20;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private ByteBuffer bytes = NONE;
  private int start;
  private int end;
  private long origin;
  private int tablesLeft;
  private long stringBytesLeft;

  /**
   * Turns to a flatbuffer.
   *
   * @param newBytes little-endian; stays the caller's
   * @param newStart where it begins, absolute
   * @param size its bytes, all inside {@code newBytes}
   * @param inputOffset bytes from the start of the input to {@code newStart}
   */
  public void reset(ByteBuffer newBytes, int newStart, int size, long inputOffset) {
    java.util.Objects.checkFromIndexSize(newStart, size, newBytes.capacity());
    bytes = newBytes;
    start = newStart;
    end = newStart + size;
    origin = inputOffset;
    tablesLeft = MAX_TABLES;
    stringBytesLeft = SHARED_STRING_BYTES + 4L * size;
  }

  /** Returns the bytes given. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Returns the byte of the input that a position stands for. */
  public long inputOffset(int position) {
    return origin + (position - start);
  }

  /** Checks the root table and returns its position. */
  public int root() {
    if (end - start < 8) {
      throw Faults.invalid("a flatbuffer of " + (end - start) + " bytes", origin);
    }
    return table(follow(start));
  }

  /**
   * Checks that there is a table at {@code position}, with its vtable, and returns the position.
   * What the vtable says about the table's size is not used, here or by any reader.
   */
  public int table(int position) {
    if (--tablesLeft < 0) {
      throw Faults.limit(
          "more than " + MAX_TABLES + " tables in one flatbuffer", inputOffset(position));
    }
    if (position < start || position > end - 4) {
      throw invalid("a table outside the flatbuffer", position);
    }
    long vtable = (long) position - bytes.getInt(position);
    if (vtable < start || vtable > end - 2) {
      throw invalid("a vtable outside the flatbuffer", position);
    }
    requireAligned(position, 4);
    requireAligned((int) vtable, 2);
    int vtableSize = bytes.getShort((int) vtable) & 0xFFFF;
    if ((vtableSize & 1) != 0 || vtableSize > end - (int) vtable) {
      throw invalid("a vtable of " + vtableSize + " bytes", position);
    }
    return position;
  }

  /**
   * Returns where a scalar or struct field stands.
   *
   * @param table a checked table
   * @param slot the field's number
   * @param size its bytes
   */
  public int inline(int table, int slot, int size) {
    int vtable = table - bytes.getInt(table);
    int entry = 4 + 2 * slot;
    if (entry + 2 > (bytes.getShort(vtable) & 0xFFFF)) {
      return ABSENT;
    }
    int offset = bytes.getShort(vtable + entry) & 0xFFFF;
    if (offset == 0) {
      return ABSENT;
    }
    if (offset < 4 || offset > end - size - table) {
      throw invalid("field " + slot + " outside the flatbuffer", table);
    }
    requireAligned(table + offset, Math.min(size, 8));
    return table + offset;
  }

  /** Returns where a field that refers to something points. */
  public int reference(int table, int slot) {
    int at = inline(table, slot, 4);
    return at == ABSENT ? ABSENT : follow(at);
  }

  /** Checks a field that refers to a table and returns the table's position. */
  public int tableField(int table, int slot) {
    int at = reference(table, slot);
    return at == ABSENT ? ABSENT : table(at);
  }

  /** Checks a field that refers to a vector and returns the position of its length. */
  public int vector(int table, int slot, int elementSize) {
    int at = reference(table, slot);
    if (at != ABSENT) {
      int count = bytes.getInt(at);
      if (count < 0 || count > (end - at - 4) / elementSize) {
        throw invalid("a vector longer than the flatbuffer", at);
      }
      requireAligned(at, 4);
      if (count > 0) {
        requireAligned(at + 4, Math.min(elementSize, 8));
      }
    }
    return at;
  }

  /** Returns how many elements a vector has; none when it is absent. */
  public int count(int vector) {
    return vector == ABSENT ? 0 : bytes.getInt(vector);
  }

  /** Returns where a vector of references points with an element, not checked further. */
  public int element(int vector, int index) {
    return follow(vector + 4 + 4 * index);
  }

  /** Checks a string field; returns its position as a vector's. */
  public int string(int table, int slot) {
    int at = vector(table, slot, 1);
    if (at != ABSENT) {
      int size = bytes.getInt(at);
      if (size >= end - at - 4 || bytes.get(at + 4 + size) != 0) {
        throw invalid("a string without its terminator", at);
      }
      stringBytesLeft -= size;
      if (stringBytesLeft < 0) {
        throw Faults.limit("strings shared too often", inputOffset(at));
      }
    }
    return at;
  }

  /** Reads a checked field, or the default. */
  public short getShort(int table, int slot, int absent) {
    int at = inline(table, slot, 2);
    return at == ABSENT ? (short) absent : bytes.getShort(at);
  }

  /** Reads a checked field, or 0. */
  public byte getByte(int table, int slot) {
    int at = inline(table, slot, 1);
    return at == ABSENT ? 0 : bytes.get(at);
  }

  /** Reads a checked field, or 0. */
  public long getLong(int table, int slot) {
    int at = inline(table, slot, 8);
    return at == ABSENT ? 0 : bytes.getLong(at);
  }

  /** Checks that what has {@code size} bytes, a power of two, stands at a multiple of it. */
  private void requireAligned(int position, int size) {
    if (((position - start) & (size - 1)) != 0) {
      throw invalid("something of " + size + " bytes is not aligned", position);
    }
  }

  /** Returns the error for what is wrong at a position. */
  public RuntimeException invalid(String detail, int position) {
    return Faults.invalid(detail, inputOffset(position));
  }

  private int follow(int at) {
    int offset = bytes.getInt(at);
    if (offset < 4 || offset > end - 4 - at) {
      throw invalid("a reference out of the flatbuffer", at);
    }
    return at + offset;
  }
}
