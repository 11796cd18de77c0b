package io.nanoarrow.engine;

import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether tables of decoded batches have the nodes and buffers that batches of a schema have;
 * found once for the batches of one reader.
 */
final class TableFit {
  private final Schema schema;
  private final boolean isV4;
  private @Nullable SchemaLayout last;
  private boolean lastFits;

  TableFit(Schema schema, boolean isV4) {
    this.schema = schema;
    this.isV4 = isV4;
  }

  boolean fits(NativeBatch batch) {
    SchemaLayout layout = batch.layout();
    if (layout != last) {
      last = layout;
      lastFits =
          !layout.isPartial()
              && layout.isV4() == isV4
              && areAlike(layout.schema().fields(), schema.fields());
    }
    return lastFits;
  }

  private static boolean areAlike(List<Field> some, List<Field> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!areAlike(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean areAlike(Field one, Field other) {
    return TypeLayout.laidOut(one).equals(TypeLayout.laidOut(other))
        && (one.dictionary() == null) == (other.dictionary() == null)
        && (one.dictionary() != null || areAlike(one.children(), other.children()));
  }
}
