package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.MemoryRegion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary that grows, batch after batch: the values that it had keep their indices. Fields of
 * one dictionary id share it.
 */
final class DictionaryValues {
  private final ColumnBuilder values;
  private final Map<Object, Integer> indices = new HashMap<>();
  private @Nullable ColumnData snapshot;
  private List<MemoryRegion> snapshotRegions = List.of();

  DictionaryValues(ColumnBuilder values) {
    this.values = values;
  }

  ColumnBuilder values() {
    return values;
  }

  int size() {
    return (int) values.length;
  }

  /** Returns the index of a value, which is added unless {@link #add} or this has done so. */
  int indexOf(Object value, long maxIndex) {
    Object key = value instanceof String ? value : ObjectKeys.of(value);
    Integer known = indices.get(key);
    if (known != null) {
      if (known > maxIndex) {
        throw values.bad(
            "the value has index " + known + " in the dictionary, the largest here is " + maxIndex);
      }
      return known;
    }
    int index = add(value, maxIndex);
    indices.put(key, index);
    return index;
  }

  /** Adds a value and returns its index. */
  int add(@Nullable Object value, long maxIndex) {
    int index = size();
    if (index > maxIndex) {
      throw values.bad("the dictionary would have more values than its indices can tell apart");
    }
    values.appendObject(value);
    if (value != null) {
      indices.putIfAbsent(ObjectKeys.of(value), index);
    }
    return index;
  }

  /** Returns an index for a row below a null parent; makes a value when there is none. */
  int someIndex() {
    if (size() == 0) {
      values.putBlank();
    }
    return 0;
  }

  /** Returns the values so far; the same object when none was added since the last time. */
  ColumnData snapshot(Output out) {
    ColumnData known = snapshot;
    if (known == null || known.length() != values.length) {
      Output shared = new Output(true);
      known = values.finish(shared);
      snapshotRegions.forEach(MemoryRegion::release);
      snapshotRegions = shared.regions();
      snapshot = known;
    }
    snapshotRegions.forEach(out::share);
    return known;
  }

  void ensureComplete() {
    values.ensureComplete();
  }

  void release() {
    snapshotRegions.forEach(MemoryRegion::release);
    snapshotRegions = List.of();
    snapshot = null;
    indices.clear();
    values.release();
  }
}
