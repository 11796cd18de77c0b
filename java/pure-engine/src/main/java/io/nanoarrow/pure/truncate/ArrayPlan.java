package io.nanoarrow.pure.truncate;

import io.nanoarrow.pure.body.ArrayMaker;
import io.nanoarrow.pure.body.Layout;
import io.nanoarrow.pure.schema.FieldPath;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written of a field and of those below it; a dictionary-encoded field is its indices. Made
 * once a schema; immutable.
 */
public final class ArrayPlan {
  private static final int TYPE_IDS = 128;

  final Field field;
  final FieldPath path;
  final Layout layout;

  /** Bytes of a value where the layout is FIXED. */
  final int width;

  /** Whether a bitmap is the first buffer. */
  final boolean hasValidity;

  final ArrayPlan[] children;

  /** The child of each type id of a union, -1 for none. */
  final byte[] childOfTypeId;

  private ArrayPlan(Field field, @Nullable FieldPath above, boolean version4) {
    this.field = field;
    this.path = new FieldPath(above, field.name());
    ArrowType stored = stored(field);
    this.layout = Layout.of(stored);
    this.width = layout == Layout.FIXED ? Layout.width(stored) : 0;
    this.hasValidity = layout.hasValidity(version4);
    List<Field> below = field.dictionary() == null ? field.children() : List.of();
    this.children =
        below.stream().map(f -> new ArrayPlan(f, path, version4)).toArray(ArrayPlan[]::new);
    this.childOfTypeId = childOfTypeId(stored);
  }

  /**
   * Returns the plan of a column.
   *
   * @param version4 unions and runs have a validity bitmap
   */
  public static ArrayPlan of(Field column, boolean version4) {
    return new ArrayPlan(column, null, version4);
  }

  /** Returns the plan of the values that a dictionary-encoded field refers to. */
  public static ArrayPlan ofValues(Field encoded, boolean version4) {
    return new ArrayPlan(ArrayMaker.valuesOf(encoded), null, version4);
  }

  private static ArrowType stored(Field field) {
    DictionaryEncoding encoding = field.dictionary();
    return encoding == null ? field.type() : encoding.indexType();
  }

  private static byte[] childOfTypeId(ArrowType type) {
    if (!(type instanceof ArrowType.Union union)) {
      return new byte[0];
    }
    byte[] children = new byte[TYPE_IDS];
    Arrays.fill(children, (byte) -1);
    for (int i = 0; i < union.typeIds().size(); i++) {
      children[union.typeIds().get(i)] = (byte) i;
    }
    return children;
  }

  /** Returns the values in a list of a fixed-size list. */
  int listSize() {
    return field.type() instanceof ArrowType.FixedSizeList list ? list.listSize() : 0;
  }

  /** Tells whether an array of another field is laid out as this plan says, children aside. */
  boolean fits(Field other) {
    if (other == field) {
      return true;
    }
    ArrowType type = stored(other);
    if (Layout.of(type) != layout) {
      return false;
    }
    if (layout == Layout.FIXED) {
      return Layout.width(type) == width;
    }
    return !(type instanceof ArrowType.FixedSizeList list) || list.listSize() == listSize();
  }
}
