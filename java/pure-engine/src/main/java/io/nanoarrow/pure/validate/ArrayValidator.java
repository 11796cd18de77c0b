package io.nanoarrow.pure.validate;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.schema.FieldPath;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.UnionMode;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;

/** Checks one array and those below it; recursion is as deep as the schema, which is limited. */
final class ArrayValidator {
  private final Map<Long, WeakReference<ColumnData>> validDictionaries;

  /**
   * A validator.
   *
   * @param validDictionaries by id, the values that need not be looked at again; those found valid
   *     are added
   */
  ArrayValidator(Map<Long, WeakReference<ColumnData>> validDictionaries) {
    this.validDictionaries = validDictionaries;
  }

  /** Checks a column of a batch of {@code rowCount} rows. */
  void checkColumn(ColumnData column, long rowCount, long messageOffset) {
    Place place = new Place(new FieldPath(null, column.field().name()), messageOffset);
    if (column.length() != rowCount) {
      throw place.fault(column.length() + " rows in a batch of " + rowCount);
    }
    check(column, place);
  }

  private void check(ColumnData array, Place place) {
    checkNulls(array, place);
    Field field = array.field();
    if (array.dictionary() != null) {
      ArrowType.Int type = field.dictionary().indexType();
      Structure.indices(array, type, array.dictionary().length(), place);
      checkDictionary(field.dictionary().id(), array.dictionary(), place);
      return;
    }
    try {
      checkContent(array, field.type(), place);
    } catch (IndexOutOfBoundsException e) {
      throw place.fault("a buffer that is too small for its rows");
    }
    List<ColumnData> children = array.children();
    for (int i = 0; i < children.size(); i++) {
      check(children.get(i), place.child(children.get(i).field().name()));
    }
  }

  /** An array is made once for each version of a dictionary, unless others lie in it. */
  private void checkDictionary(long id, ColumnData values, Place place) {
    WeakReference<ColumnData> known = validDictionaries.get(id);
    if (known == null || known.get() != values) {
      check(values, place);
      validDictionaries.put(id, new WeakReference<>(values));
    }
  }

  private static void checkNulls(ColumnData array, Place place) {
    ArrowBuffer bitmap = array.validity();
    if (bitmap == null) {
      boolean mayHaveNulls =
          array.field().dictionary() == null
              && (array.field().type() instanceof ArrowType.Null
                  || array.field().type() instanceof ArrowType.Union
                  || array.field().type() instanceof ArrowType.RunEndEncoded);
      if (array.nullCount() > 0 && !mayHaveNulls) {
        throw place.fault("nulls without a validity bitmap");
      }
      return;
    }
    long end = array.offset() + array.length();
    if (bitmap.sizeBytes() < (end + 7) >>> 3) {
      throw place.fault("a validity bitmap that is too small");
    }
    if (array.nullCount() >= 0 && Values.countNulls(array) != array.nullCount()) {
      throw place.fault("a null count that is not that of the bitmap");
    }
  }

  private static void checkContent(ColumnData array, ArrowType type, Place place) {
    if (type instanceof ArrowType.Utf8 || type instanceof ArrowType.Binary) {
      Structure.offsets(array, 4, array.buffers().get(1).sizeBytes(), place);
    } else if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary) {
      Structure.offsets(array, 8, array.buffers().get(1).sizeBytes(), place);
    } else if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      Structure.views(array, place);
    } else if (type instanceof ArrowType.ListType || type instanceof ArrowType.MapType) {
      Structure.offsets(array, 4, array.children().get(0).length(), place);
    } else if (type instanceof ArrowType.LargeList) {
      Structure.offsets(array, 8, array.children().get(0).length(), place);
    } else if (type instanceof ArrowType.ListView) {
      Structure.listViews(array, 4, place);
    } else if (type instanceof ArrowType.LargeListView) {
      Structure.listViews(array, 8, place);
    } else if (type instanceof ArrowType.FixedSizeList list) {
      requireFixedSizeList(array, list.listSize(), place);
    } else if (type instanceof ArrowType.Struct) {
      requireChildren(array, place);
    } else if (type instanceof ArrowType.Union union) {
      if (union.mode() == UnionMode.SPARSE) {
        requireChildren(array, place);
      }
      Structure.union(array, union, place);
    } else if (type instanceof ArrowType.RunEndEncoded) {
      Structure.runEnds(array, place);
    }
    if (type instanceof ArrowType.MapType) {
      checkEntries(array.children().get(0), place);
    }
    Values.check(array, type, place);
  }

  private static void requireChildren(ColumnData array, Place place) {
    for (ColumnData child : array.children()) {
      if (array.length() > 0 && child.length() < array.offset() + array.length()) {
        throw place.child(child.field().name()).fault("shorter than its parent");
      }
    }
  }

  private static void requireFixedSizeList(ColumnData array, int listSize, Place place) {
    ColumnData items = array.children().get(0);
    long rows = array.offset() + array.length();
    if (array.length() > 0 && listSize > 0 && items.length() / listSize < rows) {
      throw place.child(items.field().name()).fault("shorter than its parent");
    }
  }

  private static void checkEntries(ColumnData entries, Place place) {
    Place below = place.child(entries.field().name());
    if (Values.countNulls(entries) > 0) {
      throw below.fault("map entries that are null");
    }
    ColumnData keys = entries.children().get(0);
    if (Values.countNulls(keys) > 0) {
      throw below.child(keys.field().name()).fault("map keys that are null");
    }
  }
}
