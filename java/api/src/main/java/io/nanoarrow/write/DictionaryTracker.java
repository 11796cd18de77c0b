package io.nanoarrow.write;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which dictionaries have been written, and so which a batch needs before it: none, the values that
 * are new (a delta), or all (the first of an id, or a replacement, which a file cannot hold).
 *
 * <p>Keeps the batch that a dictionary came from for as long as it remembers the dictionary. One
 * thread.
 */
final class DictionaryTracker implements AutoCloseable {
  /** What to write of a dictionary. */
  enum Kind {
    FIRST,
    DELTA,
    REPLACEMENT
  }

  /**
   * A dictionary message to write.
   *
   * @param values all of them, or of a delta those that are new
   */
  record Step(long id, Kind kind, ColumnData values) {}

  private record Known(ColumnData values, BatchData owner) {}

  private record Wanted(DictionaryFields.Node field, ColumnData values) {}

  private final DictionaryFields fields;
  private final DictionaryRelation.Finder relations;
  private final boolean isFile;
  private final boolean deltas;
  private final Map<Long, Known> known = new HashMap<>();

  /** What the batch planned last wants, in the order to write. */
  private final Map<Long, Wanted> wanted = new LinkedHashMap<>();

  DictionaryTracker(
      DictionaryFields fields,
      DictionaryRelation.Finder relations,
      boolean isFile,
      boolean deltas) {
    this.fields = fields;
    this.relations = relations;
    this.isFile = isFile;
    this.deltas = deltas;
  }

  /**
   * Returns what to write before a batch, inner dictionaries before outer ones.
   *
   * @throws ArrowFormatException of kind UNSUPPORTED when a file cannot hold the dictionaries
   * @throws IllegalArgumentException when columns of one id have different values
   */
  List<Step> plan(BatchData batch) {
    if (fields.isEmpty()) {
      return List.of();
    }
    wanted.clear();
    fields.visit(batch, this::want);
    Map<Long, Kind> kinds = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    wanted.forEach(
        (id, want) -> {
          Known before = known.get(id);
          Kind kind = before == null ? Kind.FIRST : change(want, before.values(), kinds);
          if (kind != null) {
            kinds.put(id, kind);
            steps.add(new Step(id, kind, part(kind, want, before)));
          }
        });
    return steps;
  }

  private void want(DictionaryFields.Node field, ColumnData values) {
    Wanted other = wanted.putIfAbsent(field.id(), new Wanted(field, values));
    if (other == null) {
      return;
    }
    switch (relations.find(other.values(), values, field.path())) {
      case SAME, SHRANK -> {}
      case GREW -> wanted.put(field.id(), new Wanted(field, values));
      case DIFFERS ->
          throw new IllegalArgumentException(
              "columns %s and %s share dictionary %d with different values"
                  .formatted(other.field().path(), field.path(), field.id()));
    }
  }

  /** Returns null when nothing needs to be written. */
  private @Nullable Kind change(Wanted want, ColumnData before, Map<Long, Kind> kinds) {
    DictionaryFields.Node field = want.field();
    boolean isMoved = hasReplaced(field.below(), kinds);
    Kind kind =
        switch (relations.find(before, want.values(), field.path())) {
          case SAME -> isMoved ? Kind.REPLACEMENT : null;
          // Other readers refuse deltas of values that have dictionaries of their own.
          case GREW -> deltas && field.below().isEmpty() ? Kind.DELTA : Kind.REPLACEMENT;
          // In a file the values that a batch does not need do no harm.
          case SHRANK -> isFile ? null : Kind.REPLACEMENT;
          case DIFFERS -> Kind.REPLACEMENT;
        };
    if (kind == Kind.REPLACEMENT && isFile) {
      throw replacement(want, before);
    }
    return kind;
  }

  /** Tells whether indices within the values now mean something else. */
  private static boolean hasReplaced(List<DictionaryFields.Node> nodes, Map<Long, Kind> kinds) {
    for (DictionaryFields.Node node : nodes) {
      boolean here = node.field().dictionary() != null && kinds.get(node.id()) != null;
      if (here && kinds.get(node.id()) != Kind.DELTA || hasReplaced(node.below(), kinds)) {
        return true;
      }
    }
    return false;
  }

  private ArrowFormatException replacement(Wanted want, ColumnData before) {
    DictionaryFields.Node field = want.field();
    boolean grew = relations.find(before, want.values(), field.path()) == DictionaryRelation.GREW;
    String what;
    if (!grew) {
      what = "is replaced, which a file cannot hold; unified dictionaries can be written";
    } else if (field.below().isEmpty()) {
      what = "grew, which a file can hold only as a delta";
    } else {
      what = "grew and its values have dictionaries of their own, which a file cannot hold";
    }
    return new ArrowFormatException(
        ErrorKind.UNSUPPORTED,
        "dictionary " + field.id() + " " + what,
        ArrowFormatException.UNKNOWN_OFFSET,
        field.path());
  }

  private static ColumnData part(Kind kind, Wanted want, @Nullable Known before) {
    ColumnData values = want.values();
    if (kind != Kind.DELTA || before == null) {
      return values;
    }
    long start = before.values().length();
    return values.slice(start, values.length() - start);
  }

  /** Takes note that what was planned for a batch has been written. */
  void remember(BatchData owner) {
    wanted.forEach(
        (id, want) -> {
          Known before = known.get(id);
          // A file's reader has all values ever written; the longest is what the next extends.
          boolean isShorter =
              isFile && before != null && before.values().length() > want.values().length();
          if (!isShorter && (before == null || before.values() != want.values())) {
            owner.retain();
            known.put(id, new Known(want.values(), owner));
            if (before != null) {
              before.owner().release();
            }
          }
        });
    wanted.clear();
  }

  @Override
  public void close() {
    known.values().forEach(each -> each.owner().release());
    known.clear();
    wanted.clear();
  }
}
