package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import java.util.ArrayList;
import java.util.List;

/** Turns columns, of whatever engine, into the rows that the encoder in C takes. */
final class RowsFlattener {
  /** Unions and runs have bitmaps. */
  private final boolean isV4;

  private final List<String> path = new ArrayList<>();
  private final FlatArrays flat = new FlatArrays();

  RowsFlattener(boolean isV4) {
    this.isV4 = isV4;
  }

  /** Returns what has been added. */
  FlatArrays flat() {
    return flat;
  }

  void clear() {
    path.clear();
    flat.clear();
  }

  /** Adds a column; of a dictionary-encoded one the indices only. */
  void add(ColumnData data) {
    add(data, TypeLayout.laidOut(data.field()));
  }

  /** Adds the values of a dictionary: their field is that of the column that they belong to. */
  void addValues(ColumnData data) {
    add(data, data.field().type());
  }

  private void add(ColumnData data, ArrowType type) {
    boolean hasValidity = TypeLayout.hasValidity(type, isV4);
    path.add(data.field().name());
    if (!hasValidity) {
      requireNoNulls(data);
    }
    flat.addNode(data, data.buffers().size() + (hasValidity ? 1 : 0));
    if (hasValidity) {
      flat.addBuffer(data.validity() == null ? ArrowBuffer.EMPTY : data.validity());
    }
    data.buffers().forEach(flat::addBuffer);
    data.children().forEach(this::add);
    path.remove(path.size() - 1);
  }

  private void requireNoNulls(ColumnData data) {
    ArrowBuffer validity = data.validity();
    if (validity == null || data.nullCount() == 0) {
      return;
    }
    for (long row = 0; row < data.length(); row++) {
      if (!validity.getBit(data.offset() + row)) {
        throw new ArrowFormatException(
            ErrorKind.UNSUPPORTED,
            "nulls of a union itself have no place in metadata V5",
            ArrowFormatException.UNKNOWN_OFFSET,
            String.join(".", path),
            row);
      }
    }
  }
}
