package io.nanoarrow.crosscheck;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.UnionMode;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares arrays of one type, checked by {@link ContentCheck}: lengths, null counts, validity, and
 * of every buffer what means something. Bytes under nulls, padding, bytes that no row refers to and
 * rows of children that no parent refers to are not compared; offsets are compared relative to each
 * other. Rows are counted in the array that the column path names. One thread.
 */
final class ArrayComparison {
  /** What a column path has behind the field whose dictionary is meant. */
  static final String DICTIONARY = "<dictionary>";

  private record Dictionaries(ColumnData a, ColumnData b) {}

  private final Map<String, Dictionaries> comparedDictionaries = new HashMap<>();

  private final boolean wholeChildren;

  /**
   * A comparison.
   *
   * @param wholeChildren lengths and null counts of children are compared, not of columns only
   */
  ArrayComparison(boolean wholeChildren) {
    this.wholeChildren = wholeChildren;
  }

  /** Compares all rows. */
  void compare(DifferenceSink.Pair sink, String path, ColumnData a, ColumnData b) {
    counts(sink, path, a, b);
    compare(sink, path, a, b, Stretches.of(0, 0, Math.min(a.length(), b.length())));
  }

  private static void counts(DifferenceSink.Pair sink, String path, ColumnData a, ColumnData b) {
    if (a.length() != b.length()) {
      sink.add(path, "length", a.length(), b.length());
    }
    if (Layout.hasValidity(Layout.storedType(a))) {
      long nullsA = nullCount(a);
      long nullsB = nullCount(b);
      if (nullsA != nullsB) {
        sink.add(path, "null count", nullsA, nullsB);
      }
    }
  }

  private void compare(
      DifferenceSink.Pair sink, String path, ColumnData a, ColumnData b, Stretches rows) {
    ArrowType type = Layout.storedType(a);
    Stretches valid = rows;
    if (Layout.hasValidity(type)) {
      if (a.validity() != null || b.validity() != null) {
        BufferComparison.bits(
            sink, path, "validity", a.validity(), a.offset(), b.validity(), b.offset(), rows);
        valid = validRows(a, b, rows);
      }
    }
    values(sink, path, type, a, b, valid);
  }

  private void values(
      DifferenceSink.Pair sink,
      String path,
      ArrowType type,
      ColumnData a,
      ColumnData b,
      Stretches rows) {
    int width = Layout.fixedWidth(type);
    if (width >= 0) {
      String part = a.dictionary() == null ? "data" : "indices";
      BufferComparison.fixedWidth(
          sink, path, part, width, buffer(a, 0), a.offset(), buffer(b, 0), b.offset(), rows);
      if (a.dictionary() != null) {
        dictionaries(sink, path, a.dictionary(), b.dictionary());
      }
    } else if (type instanceof ArrowType.Bool) {
      BufferComparison.bits(
          sink, path, "data", buffer(a, 0), a.offset(), buffer(b, 0), b.offset(), rows);
    } else if (Layout.isVariable(type) || Layout.isView(type)) {
      BytesComparison.compare(sink, path, type, a, b, rows);
    } else if (Layout.isList(type)) {
      child(sink, path, a, b, 0, lists(sink, path, Layout.offsetBytes(type), a, b, rows));
    } else if (Layout.isListView(type)) {
      child(sink, path, a, b, 0, listViews(sink, path, Layout.offsetBytes(type), a, b, rows));
    } else if (type instanceof ArrowType.FixedSizeList t) {
      Stretches inner = new Stretches();
      rows.forEach(
          (rowA, rowB, count) ->
              inner.add(
                  (a.offset() + rowA) * t.listSize(),
                  (b.offset() + rowB) * t.listSize(),
                  count * t.listSize()));
      child(sink, path, a, b, 0, inner);
    } else if (type instanceof ArrowType.Struct) {
      Stretches inner = new Stretches();
      rows.forEach((rowA, rowB, n) -> inner.add(a.offset() + rowA, b.offset() + rowB, n));
      for (int i = 0; i < a.children().size(); i++) {
        child(sink, path, a, b, i, inner);
      }
    } else if (type instanceof ArrowType.Union t) {
      union(sink, path, t, a, b, rows);
    } else if (type instanceof ArrowType.RunEndEncoded) {
      child(sink, path, a, b, 1, runs(sink, path, a, b, rows));
    }
  }

  private void dictionaries(DifferenceSink.Pair sink, String path, ColumnData a, ColumnData b) {
    Dictionaries before = comparedDictionaries.put(path, new Dictionaries(a, b));
    if (before == null || before.a != a || before.b != b) {
      compare(sink, path + DICTIONARY, a, b);
    }
  }

  private static Stretches lists(
      DifferenceSink.Pair sink,
      String path,
      int width,
      ColumnData a,
      ColumnData b,
      Stretches rows) {
    Stretches inner = new Stretches();
    rows.forEachRow(
        (rowA, rowB) -> {
          long startA = Layout.offset(buffer(a, 0), width, a.offset() + rowA);
          long startB = Layout.offset(buffer(b, 0), width, b.offset() + rowB);
          long sizeA = Layout.offset(buffer(a, 0), width, a.offset() + rowA + 1) - startA;
          long sizeB = Layout.offset(buffer(b, 0), width, b.offset() + rowB + 1) - startB;
          if (sizeA != sizeB) {
            sink.add(path, "offsets", rowA, rowA * width, "size " + sizeA, "size " + sizeB);
          }
          inner.add(startA, startB, Math.min(sizeA, sizeB));
        });
    return inner;
  }

  private static Stretches listViews(
      DifferenceSink.Pair sink,
      String path,
      int width,
      ColumnData a,
      ColumnData b,
      Stretches rows) {
    Stretches inner = new Stretches();
    rows.forEachRow(
        (rowA, rowB) -> {
          long sizeA = Layout.offset(buffer(a, 1), width, a.offset() + rowA);
          long sizeB = Layout.offset(buffer(b, 1), width, b.offset() + rowB);
          if (sizeA != sizeB) {
            sink.add(path, "sizes", rowA, rowA * width, sizeA, sizeB);
          }
          inner.add(
              Layout.offset(buffer(a, 0), width, a.offset() + rowA),
              Layout.offset(buffer(b, 0), width, b.offset() + rowB),
              Math.min(sizeA, sizeB));
        });
    return inner;
  }

  private void union(
      DifferenceSink.Pair sink,
      String path,
      ArrowType.Union type,
      ColumnData a,
      ColumnData b,
      Stretches rows) {
    Stretches[] inner = new Stretches[a.children().size()];
    rows.forEachRow(
        (rowA, rowB) -> {
          byte idA = buffer(a, 0).getByte(a.offset() + rowA);
          byte idB = buffer(b, 0).getByte(b.offset() + rowB);
          if (idA != idB) {
            sink.add(path, "type ids", rowA, rowA, idA, idB);
            return;
          }
          int child = Layout.childOf(type, idA, path);
          if (inner[child] == null) {
            inner[child] = new Stretches();
          }
          if (type.mode() == UnionMode.SPARSE) {
            inner[child].add(a.offset() + rowA, b.offset() + rowB, 1);
          } else {
            inner[child].add(
                buffer(a, 1).getInt(4 * (a.offset() + rowA)),
                buffer(b, 1).getInt(4 * (b.offset() + rowB)),
                1);
          }
        });
    for (int i = 0; i < inner.length; i++) {
      child(sink, path, a, b, i, inner[i] == null ? new Stretches() : inner[i]);
    }
  }

  private static Stretches runs(
      DifferenceSink.Pair sink, String path, ColumnData a, ColumnData b, Stretches rows) {
    Stretches inner = new Stretches();
    rows.forEach(
        (rowA, rowB, count) -> {
          long runA = Layout.runAt(a, a.offset() + rowA);
          long runB = Layout.runAt(b, b.offset() + rowB);
          long done = 0;
          while (done < count) {
            long endA = Math.min(count, Layout.runEnd(a, runA) - a.offset() - rowA);
            long endB = Math.min(count, Layout.runEnd(b, runB) - b.offset() - rowB);
            inner.add(runA, runB, 1);
            done = Math.min(endA, endB);
            if (endA != endB) {
              sink.add(path, "run ends", rowA + done, Difference.NOWHERE, endA, endB);
            }
            runA += endA == done ? 1 : 0;
            runB += endB == done ? 1 : 0;
          }
        });
    return inner;
  }

  private void child(
      DifferenceSink.Pair sink, String path, ColumnData a, ColumnData b, int i, Stretches rows) {
    ColumnData childA = a.children().get(i);
    ColumnData childB = b.children().get(i);
    String childPath = Layout.childPath(path, a, i);
    if (wholeChildren) {
      counts(sink, childPath, childA, childB);
    }
    compare(sink, childPath, childA, childB, rows.distinct());
  }

  private static ArrowBuffer buffer(ColumnData data, int index) {
    return data.buffers().get(index);
  }

  private static long nullCount(ColumnData data) {
    return data.nullCount() != ColumnData.UNKNOWN_NULL_COUNT
        ? data.nullCount()
        : data.length() - Bits.count(data.validity(), data.offset(), data.length());
  }

  /** Returns the rows that are valid in both. */
  private static Stretches validRows(ColumnData a, ColumnData b, Stretches rows) {
    Stretches valid = new Stretches();
    rows.forEach(
        (rowA, rowB, count) -> {
          for (long done = 0; done < count; done += 64) {
            int some = (int) Math.min(64, count - done);
            long bits =
                Bits.get(a.validity(), a.offset() + rowA + done, some)
                    & Bits.get(b.validity(), b.offset() + rowB + done, some);
            int bit = 0;
            while (bits != 0) {
              int skip = Long.numberOfTrailingZeros(bits);
              int length = Long.numberOfTrailingZeros(~(bits >>> skip));
              bit += skip;
              valid.add(rowA + done + bit, rowB + done + bit, length);
              bit += length;
              bits = skip + length >= 64 ? 0 : bits >>> (skip + length);
            }
          }
        });
    return valid;
  }
}
