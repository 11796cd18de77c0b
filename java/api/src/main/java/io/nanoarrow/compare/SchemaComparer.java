package io.nanoarrow.compare;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import org.jspecify.annotations.Nullable;

/** Compares schemas as {@link BatchComparison} says. */
final class SchemaComparer {
  private final boolean metadata;
  private final boolean encoding;

  SchemaComparer(boolean metadata, boolean encoding) {
    this.metadata = metadata;
    this.encoding = encoding;
  }

  @Nullable Difference firstDifference(Schema left, Schema right) {
    if (left.byteOrder() != right.byteOrder()) {
      return difference("", left.byteOrder().toString(), right.byteOrder().toString());
    }
    int columns = left.fields().size();
    if (columns != right.fields().size()) {
      return difference("", columns + " columns", right.fields().size() + " columns");
    }
    for (int i = 0; i < columns; i++) {
      Field a = left.fields().get(i);
      Difference found = field(a.name(), a, right.fields().get(i), true);
      if (found != null) {
        return found;
      }
    }
    return metadata("", left.metadata(), right.metadata());
  }

  private @Nullable Difference field(String path, Field left, Field right, boolean named) {
    if (named && !left.name().equals(right.name())) {
      return difference(path, "name " + left.name(), "name " + right.name());
    }
    if (left.nullable() != right.nullable()) {
      return difference(path, nullability(left), nullability(right));
    }
    Difference found = metadata(path, left.metadata(), right.metadata());
    if (found == null && encoding) {
      found = dictionary(path, left.dictionary(), right.dictionary());
    }
    return found != null ? found : types(path, plain(left), plain(right));
  }

  private @Nullable Difference types(String path, Field left, Field right) {
    if (!left.type().equals(right.type())) {
      return difference(path, left.type().toString(), right.type().toString());
    }
    int children = left.children().size();
    if (children != right.children().size()) {
      return difference(path, children + " children", right.children().size() + " children");
    }
    boolean named =
        left.type() instanceof ArrowType.Struct || left.type() instanceof ArrowType.Union;
    for (int i = 0; i < children; i++) {
      Field child = left.children().get(i);
      Difference found = field(path + "." + child.name(), child, right.children().get(i), named);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Returns the field whose type the values have, when encodings do not count. */
  private Field plain(Field field) {
    Field plain = field;
    while (!encoding
        && plain.dictionary() == null
        && plain.type() instanceof ArrowType.RunEndEncoded
        && plain.children().size() == 2) {
      plain = plain.children().get(1);
    }
    return plain;
  }

  private static @Nullable Difference dictionary(
      String path, @Nullable DictionaryEncoding left, @Nullable DictionaryEncoding right) {
    return text(left).equals(text(right)) ? null : difference(path, text(left), text(right));
  }

  private static String text(@Nullable DictionaryEncoding encoding) {
    return encoding == null
        ? "not dictionary-encoded"
        : "indices " + encoding.indexType() + (encoding.ordered() ? ", ordered" : "");
  }

  private @Nullable Difference metadata(String path, Metadata left, Metadata right) {
    return !metadata || left.equals(right)
        ? null
        : difference(path, "metadata " + left, "metadata " + right);
  }

  private static String nullability(Field field) {
    return field.nullable() ? "nullable" : "not null";
  }

  private static Difference difference(String path, String left, String right) {
    return new Difference(path, Difference.NO_ROW, left, right);
  }
}
