package io.nanoarrow.pure.verify;

import static io.nanoarrow.pure.verify.FlatVerifier.ABSENT;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.fault.Faults;
import org.apache.arrow.flatbuf.Type;

/** Checks everything that can be reached from a Schema table, with the limits of the options. */
public final class SchemaVerifier {
  private final FlatVerifier flat;
  private final ReadOptions options;
  private int fieldsLeft;

  /** A walker over what {@code flat} holds. */
  public SchemaVerifier(FlatVerifier flat, ReadOptions options) {
    this.flat = flat;
    this.options = options;
  }

  /** Checks a schema whose own table is checked already. */
  public void schema(int schema) {
    fieldsLeft = options.maxFields();
    flat.inline(schema, 0, 2);
    children(schema, 1, 1);
    keyValues(flat, schema, 2);
    flat.vector(schema, 3, 8);
  }

  /** Checks a vector of KeyValue; each must have both parts. */
  public static void keyValues(FlatVerifier flat, int table, int slot) {
    int vector = flat.vector(table, slot, 4);
    for (int i = 0, n = flat.count(vector); i < n; i++) {
      int pair = flat.table(flat.element(vector, i));
      if (flat.string(pair, 0) == ABSENT || flat.string(pair, 1) == ABSENT) {
        throw flat.invalid("key-value metadata without key or value", pair);
      }
    }
  }

  private void children(int table, int slot, int depth) {
    int vector = flat.vector(table, slot, 4);
    int count = flat.count(vector);
    if (count > 0 && depth > options.maxDepth()) {
      throw Faults.limit(
          "fields nested deeper than " + options.maxDepth(), flat.inputOffset(vector));
    }
    for (int i = 0; i < count; i++) {
      if (--fieldsLeft < 0) {
        throw Faults.limit(
            "more than " + options.maxFields() + " fields", flat.inputOffset(vector));
      }
      field(flat.table(flat.element(vector, i)), depth);
    }
  }

  private void field(int field, int depth) {
    flat.string(field, 0);
    flat.inline(field, 1, 1);
    typeIfAny(flat, field, 2);
    int dictionary = flat.tableField(field, 4);
    if (dictionary != ABSENT) {
      flat.inline(dictionary, 0, 8);
      integer(flat, flat.tableField(dictionary, 1));
      flat.inline(dictionary, 2, 1);
      flat.inline(dictionary, 3, 2);
    }
    children(field, 5, depth + 1);
    keyValues(flat, field, 6);
  }

  /** Checks a Type union: its number in {@code slot}, its table in the next. */
  static void type(FlatVerifier flat, int table, int slot) {
    if (!typeIfAny(flat, table, slot)) {
      throw flat.invalid("values without a type", table);
    }
  }

  /**
   * Checks a Type union unless it is absent, which does not matter below a type without children.
   */
  private static boolean typeIfAny(FlatVerifier flat, int table, int slot) {
    byte number = flat.getByte(table, slot);
    int type = number == Type.NONE ? ABSENT : flat.tableField(table, slot + 1);
    if (type == ABSENT) {
      return false;
    }
    switch (number) {
      case Type.Int -> integer(flat, type);
      case Type.FloatingPoint, Type.Date, Type.Interval, Type.Duration -> flat.inline(type, 0, 2);
      case Type.Decimal -> {
        flat.inline(type, 0, 4);
        flat.inline(type, 1, 4);
        flat.inline(type, 2, 4);
      }
      case Type.Time -> {
        flat.inline(type, 0, 2);
        flat.inline(type, 1, 4);
      }
      case Type.Timestamp -> {
        flat.inline(type, 0, 2);
        flat.string(type, 1);
      }
      case Type.Union -> {
        flat.inline(type, 0, 2);
        flat.vector(type, 1, 4);
      }
      case Type.FixedSizeBinary, Type.FixedSizeList -> flat.inline(type, 0, 4);
      case Type.Map -> flat.inline(type, 0, 1);
      default -> {}
    }
    return true;
  }

  static void integer(FlatVerifier flat, int table) {
    if (table != ABSENT) {
      flat.inline(table, 0, 4);
      flat.inline(table, 1, 1);
    }
  }
}
