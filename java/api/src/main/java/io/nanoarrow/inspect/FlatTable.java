package io.nanoarrow.inspect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a flatbuffer, read with the bounds checks of ByteBuffer alone: wrong offsets give
 * IndexOutOfBoundsException or wrong values, never anything worse. Immutable.
 */
public final class FlatTable {
  private final ByteBuffer bytes;
  private final int position;

  private FlatTable(ByteBuffer bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Returns the root table of a little-endian flatbuffer that begins at index 0. */
  public static FlatTable root(ByteBuffer bytes) {
    return new FlatTable(bytes, bytes.getInt(0));
  }

  /** Tells whether field {@code id} is present. */
  public boolean has(int id) {
    return at(id) != 0;
  }

  /** Returns a byte, {@code absent} when the field is absent. */
  public byte getByte(int id, int absent) {
    int at = at(id);
    return at == 0 ? (byte) absent : bytes.get(at);
  }

  /** Returns a short, {@code absent} when the field is absent. */
  public short getShort(int id, int absent) {
    int at = at(id);
    return at == 0 ? (short) absent : bytes.getShort(at);
  }

  /** Returns a long, {@code absent} when the field is absent. */
  public long getLong(int id, long absent) {
    int at = at(id);
    return at == 0 ? absent : bytes.getLong(at);
  }

  /** Returns a table, null when the field is absent. */
  public @Nullable FlatTable getTable(int id) {
    int at = at(id);
    return at == 0 ? null : follow(at);
  }

  /** Returns the tables of a vector; none when the field is absent. */
  public List<FlatTable> getTables(int id) {
    List<FlatTable> tables = new ArrayList<>();
    int at = at(id);
    if (at != 0) {
      int vector = at + bytes.getInt(at);
      int count = count(vector, 4);
      for (int i = 0; i < count; i++) {
        tables.add(follow(vector + 4 + 4 * i));
      }
    }
    return tables;
  }

  /** Returns the longs of a vector of structs of {@code longs} longs each; none when absent. */
  public long[] getLongStructs(int id, int longs) {
    int at = at(id);
    if (at == 0) {
      return new long[0];
    }
    int vector = at + bytes.getInt(at);
    long[] values = new long[count(vector, 8 * longs) * longs];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getLong(vector + 4 + 8 * i);
    }
    return values;
  }

  /** Returns the bytes of a string or of a vector of bytes, null when the field is absent. */
  public byte @Nullable [] getBytes(int id) {
    int at = at(id);
    if (at == 0) {
      return null;
    }
    int vector = at + bytes.getInt(at);
    byte[] copy = new byte[count(vector, 1)];
    bytes.get(vector + 4, copy);
    return copy;
  }

  /** Tells whether a string is present and holds a byte. */
  public boolean stringHolds(int id, int searched) {
    int at = at(id);
    if (at == 0) {
      return false;
    }
    int vector = at + bytes.getInt(at);
    int count = count(vector, 1);
    for (int i = 0; i < count; i++) {
      if (bytes.get(vector + 4 + i) == searched) {
        return true;
      }
    }
    return false;
  }

  private int count(int vector, int elementBytes) {
    int count = bytes.getInt(vector);
    if (count < 0 || count > (bytes.limit() - vector - 4) / elementBytes) {
      throw new IndexOutOfBoundsException("vector of " + count);
    }
    return count;
  }

  private FlatTable follow(int at) {
    return new FlatTable(bytes, at + bytes.getInt(at));
  }

  /** Returns where field {@code id} lies, 0 when it is absent. */
  private int at(int id) {
    int vtable = position - bytes.getInt(position);
    int size = bytes.getShort(vtable) & 0xffff;
    int entry = 4 + 2 * id;
    if (entry + 2 > size) {
      return 0;
    }
    int offset = bytes.getShort(vtable + entry) & 0xffff;
    return offset == 0 ? 0 : position + offset;
  }
}
