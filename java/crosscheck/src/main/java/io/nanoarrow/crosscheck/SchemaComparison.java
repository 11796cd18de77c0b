package io.nanoarrow.crosscheck;

import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Compares schemas with everything in them: names, types, nullability, dictionaries, metadata. */
final class SchemaComparison {
  private final DifferenceSink.Pair sink;
  private final boolean dictionaryIds;
  private boolean sameLayout = true;

  /**
   * A comparison.
   *
   * @param dictionaryIds false when one of the two does not report them
   */
  SchemaComparison(DifferenceSink.Pair sink, boolean dictionaryIds) {
    this.sink = sink;
    this.dictionaryIds = dictionaryIds;
  }

  /**
   * Returns whether batches of the two have arrays of the same types, so that they can be compared.
   */
  boolean compare(Schema a, Schema b) {
    fields("", a.fields(), b.fields());
    metadata("", "schema metadata", a.metadata(), b.metadata());
    return sameLayout;
  }

  private void fields(String parent, List<Field> a, List<Field> b) {
    if (a.size() != b.size()) {
      sameLayout = false;
      sink.add(parent, "number of fields", a.size(), b.size());
    }
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      field(parent, a.get(i), b.get(i));
    }
  }

  private void field(String parent, Field a, Field b) {
    String path = parent.isEmpty() ? a.name() : parent + "." + a.name();
    same(path, "name", a.name(), b.name());
    same(path, "nullable", a.nullable(), b.nullable());
    sameLayout &= same(path, "type", a.type(), b.type());
    DictionaryEncoding dictionaryA = a.dictionary();
    DictionaryEncoding dictionaryB = b.dictionary();
    if (dictionaryA == null || dictionaryB == null) {
      sameLayout &= same(path, "dictionary", dictionaryA != null, dictionaryB != null);
    } else {
      sameLayout &= same(path, "index type", dictionaryA.indexType(), dictionaryB.indexType());
      same(path, "ordered", dictionaryA.ordered(), dictionaryB.ordered());
      if (dictionaryIds) {
        same(path, "dictionary id", dictionaryA.id(), dictionaryB.id());
      }
    }
    metadata(path, "metadata", a.metadata(), b.metadata());
    fields(path, a.children(), b.children());
  }

  /** Compares key-values pair by pair, byte by byte, in their order. */
  void metadata(String path, String part, Metadata a, Metadata b) {
    if (a.size() != b.size()) {
      sink.add(path, part, a.size() + " pairs", b.size() + " pairs");
    }
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      Metadata.Entry entryA = a.entries().get(i);
      Metadata.Entry entryB = b.entries().get(i);
      if (!entryA.equals(entryB)) {
        sink.add(path, part + ", pair " + i, show(entryA), show(entryB));
      }
    }
  }

  private boolean same(String path, String part, Object a, Object b) {
    if (!Objects.equals(a, b)) {
      sink.add(path, part, a, b);
      return false;
    }
    return true;
  }

  private static String show(Metadata.Entry entry) {
    return show(entry.keyBytes()) + "=" + show(entry.valueBytes());
  }

  private static String show(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' || b == 127) {
        return "0x" + HexFormat.of().formatHex(bytes);
      }
    }
    return '"' + new String(bytes, StandardCharsets.US_ASCII) + '"';
  }
}
