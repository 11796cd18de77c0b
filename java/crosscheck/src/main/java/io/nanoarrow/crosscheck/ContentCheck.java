package io.nanoarrow.crosscheck;

import static io.nanoarrow.crosscheck.Layout.invalid;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.UnionMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks what an engine may leave to getters: offsets, views, type ids, run ends and dictionary
 * indices, so that an engine that finds a defect early and one that finds it late end alike, and so
 * that the comparison may trust what it walks over. Throws ArrowFormatException (INVALID_DATA) with
 * the column. One thread; dictionaries that stay the same are checked once.
 */
public final class ContentCheck {
  private final Map<String, ColumnData> checkedDictionaries = new HashMap<>();

  /** A check that has seen no dictionary yet. */
  public ContentCheck() {}

  /**
   * Checks arrays of a batch.
   *
   * @throws io.nanoarrow.error.ArrowFormatException of kind INVALID_DATA with the column
   */
  public void check(List<ColumnData> columns) {
    for (ColumnData column : columns) {
      check(column, column.field().name());
    }
  }

  private void check(ColumnData data, String path) {
    ArrowType type = Layout.storedType(data);
    if (data.dictionary() != null) {
      indices(data, (ArrowType.Int) type, path);
    } else if (Layout.isVariable(type)) {
      offsets(data, Layout.offsetBytes(type), data.buffers().get(1).sizeBytes(), path);
    } else if (Layout.isView(type)) {
      views(data, path);
    } else if (Layout.isList(type)) {
      offsets(data, Layout.offsetBytes(type), data.children().get(0).length(), path);
    } else if (Layout.isListView(type)) {
      listViews(data, Layout.offsetBytes(type), path);
    } else if (type instanceof ArrowType.FixedSizeList t) {
      long needed = Math.multiplyHigh(data.offset() + data.length(), t.listSize());
      if (needed != 0
          || (data.offset() + data.length()) * t.listSize() > data.children().get(0).length()) {
        throw invalid(path, "the child is too short");
      }
    } else if (type instanceof ArrowType.Struct) {
      childrenReach(data, path);
    } else if (type instanceof ArrowType.Union t) {
      union(data, t, path);
    } else if (type instanceof ArrowType.RunEndEncoded) {
      runs(data, path);
    }
    for (int i = 0; i < data.children().size(); i++) {
      check(data.children().get(i), Layout.childPath(path, data, i));
    }
  }

  private void indices(ColumnData data, ArrowType.Int type, String path) {
    ColumnData dictionary = data.dictionary();
    ArrowBuffer buffer = data.buffers().get(0);
    for (long row = 0; row < data.length(); row++) {
      if (Layout.isValid(data, row)) {
        long index = Layout.integer(buffer, type, data.offset() + row);
        if (index < 0 || index >= dictionary.length()) {
          throw invalid(path, "index outside of the dictionary at row " + row);
        }
      }
    }
    if (checkedDictionaries.put(path, dictionary) != dictionary) {
      check(dictionary, path);
    }
  }

  private static void offsets(ColumnData data, int width, long limit, String path) {
    ArrowBuffer buffer = data.buffers().get(0);
    if (data.length() == 0 && buffer.sizeBytes() == 0) {
      return;
    }
    long before = Layout.offset(buffer, width, data.offset());
    if (before < 0) {
      throw invalid(path, "negative offset at row 0");
    }
    for (long row = 1; row <= data.length(); row++) {
      long next = Layout.offset(buffer, width, data.offset() + row);
      if (next < before) {
        throw invalid(path, "offsets decrease at row " + row);
      }
      before = next;
    }
    if (before > limit) {
      throw invalid(path, "offsets lead past the values");
    }
  }

  private static void views(ColumnData data, String path) {
    ArrowBuffer views = data.buffers().get(0);
    for (long row = 0; row < data.length(); row++) {
      if (!Layout.isValid(data, row)) {
        continue;
      }
      long at = Layout.VIEW_BYTES * (data.offset() + row);
      int size = views.getInt(at);
      if (size < 0) {
        throw invalid(path, "negative size at row " + row);
      }
      if (size > Layout.INLINE_BYTES) {
        int buffer = views.getInt(at + 8);
        int offset = views.getInt(at + 12);
        if (buffer < 0
            || buffer >= data.buffers().size() - 1
            || offset < 0
            || offset > data.buffers().get(buffer + 1).sizeBytes() - size) {
          throw invalid(path, "view leads out of its buffers at row " + row);
        }
      }
    }
  }

  private static void listViews(ColumnData data, int width, String path) {
    long limit = data.children().get(0).length();
    for (long row = 0; row < data.length(); row++) {
      if (Layout.isValid(data, row)) {
        long offset = Layout.offset(data.buffers().get(0), width, data.offset() + row);
        long size = Layout.offset(data.buffers().get(1), width, data.offset() + row);
        if (offset < 0 || size < 0 || offset > limit - size) {
          throw invalid(path, "list leads out of the child at row " + row);
        }
      }
    }
  }

  private static void childrenReach(ColumnData data, String path) {
    for (ColumnData child : data.children()) {
      if (child.length() < data.offset() + data.length()) {
        throw invalid(path, "a child is too short");
      }
    }
  }

  private static void union(ColumnData data, ArrowType.Union type, String path) {
    boolean dense = type.mode() == UnionMode.DENSE;
    if (!dense) {
      childrenReach(data, path);
    }
    for (long row = data.offset(); row < data.offset() + data.length(); row++) {
      int child = Layout.childOf(type, data.buffers().get(0).getByte(row), path);
      if (dense) {
        int offset = data.buffers().get(1).getInt(4 * row);
        if (offset < 0 || offset >= data.children().get(child).length()) {
          throw invalid(path, "offset outside of its child at row " + (row - data.offset()));
        }
      }
    }
  }

  private static void runs(ColumnData data, String path) {
    ColumnData ends = data.children().get(0);
    if (!(ends.field().type() instanceof ArrowType.Int)) {
      throw invalid(path, "run ends are not integers");
    }
    long before = 0;
    for (long run = 0; run < ends.length(); run++) {
      long end = Layout.runEnd(data, run);
      if (end <= before) {
        throw invalid(path, "run ends do not increase at run " + run);
      }
      before = end;
    }
    if (before < data.offset() + data.length() && data.length() > 0) {
      throw invalid(path, "runs end before the last row");
    }
    if (data.children().get(1).length() < ends.length()) {
      throw invalid(path, "fewer values than runs");
    }
  }
}
