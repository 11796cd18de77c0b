package io.nanoarrow.pure.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where a field stands in its schema, as text only when someone asks.
 *
 * @param parent the field above, null for a column
 * @param name the field's own name
 */
public record FieldPath(@Nullable FieldPath parent, String name) {
  /** Returns the column path ("a.b.item"). */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    for (FieldPath up = parent; up != null; up = up.parent) {
      text.insert(0, '.').insert(0, up.name);
    }
    return text.toString();
  }
}
