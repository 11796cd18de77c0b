package io.nanoarrow.pure.dictionary;

import io.nanoarrow.pure.body.ArrayMaker;
import io.nanoarrow.pure.body.BodyPlan;
import io.nanoarrow.pure.body.BodyPlans;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.schema.Field;
import io.nanoarrow.spi.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries that a schema refers to, also from inside each other: a slot and the plan of its
 * batches for each id. Of those that no field refers to which is read, no buffer is. Immutable.
 */
public final class DictionaryPlans {
  private final Map<Long, Integer> slots = new HashMap<>();
  private final List<Long> ids = new ArrayList<>();
  private final List<Field> values = new ArrayList<>();
  private final List<BodyPlans> plans = new ArrayList<>();
  private final boolean isVersion4;
  private final boolean bigEndian;
  private final @Nullable Set<Long> used;
  private final long inputOffset;

  /**
   * Finds the dictionaries of some columns.
   *
   * @param isVersion4 the schema is of metadata version V4
   * @param bigEndian buffers come in that order
   * @param projection which fields are read, null for all
   * @param inputOffset where the schema stands in the input
   * @throws io.nanoarrow.error.ArrowFormatException when one id stands for values of two types
   */
  public DictionaryPlans(
      List<Field> columns,
      boolean isVersion4,
      boolean bigEndian,
      @Nullable Projection projection,
      long inputOffset) {
    this.isVersion4 = isVersion4;
    this.used = projection == null ? null : projection.dictionaryIds();
    this.bigEndian = bigEndian;
    this.inputOffset = inputOffset;
    addAll(columns);
  }

  private void addAll(List<Field> fields) {
    for (Field field : fields) {
      if (field.dictionary() != null) {
        add(field);
      }
      addAll(field.children());
    }
  }

  private void add(Field field) {
    long id = field.dictionary().id();
    Field valueField = ArrayMaker.valuesOf(field);
    Integer slot = slots.putIfAbsent(id, values.size());
    if (slot == null) {
      ids.add(id);
      values.add(valueField);
      IntPredicate isRead = isUsed(ids.size() - 1) ? BodyPlan.ALL : BodyPlan.NONE;
      plans.add(new BodyPlans(List.of(valueField), isVersion4, bigEndian, isRead));
    } else if (!sameLayout(values.get(slot), valueField)) {
      throw Faults.invalid(
          "dictionary " + id + " stands for values of two types", inputOffset, field.name());
    }
  }

  /** Compares what the bytes of a dictionary look like, not how it is called. */
  private static boolean sameLayout(Field one, Field other) {
    if (!one.type().equals(other.type()) || one.children().size() != other.children().size()) {
      return false;
    }
    boolean bothEncoded = one.dictionary() != null && other.dictionary() != null;
    if (one.dictionary() != other.dictionary()
        && !(bothEncoded
            && one.dictionary().id() == other.dictionary().id()
            && one.dictionary().indexType().equals(other.dictionary().indexType()))) {
      return false;
    }
    for (int i = 0; i < one.children().size(); i++) {
      if (!sameLayout(one.children().get(i), other.children().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of dictionaries. */
  public int size() {
    return values.size();
  }

  /** Returns the slot of a dictionary, or -1. */
  int slot(long id) {
    return slots.getOrDefault(id, -1);
  }

  /** Tells whether a field that is read refers to a dictionary. */
  boolean isUsed(int slot) {
    return used == null || used.contains(ids.get(slot));
  }

  /** Returns the id of a dictionary. */
  long id(int slot) {
    return ids.get(slot);
  }

  /** Returns the field of a dictionary's values. */
  Field values(int slot) {
    return values.get(slot);
  }

  /** Returns the plan of a dictionary's batches. */
  BodyPlan plan(int slot, boolean version4, long inputOffset) {
    return plans.get(slot).of(version4, inputOffset);
  }
}
