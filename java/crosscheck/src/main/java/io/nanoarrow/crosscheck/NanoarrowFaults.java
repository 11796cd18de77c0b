package io.nanoarrow.crosscheck;

import io.nanoarrow.crosscheck.wire.WireMessage;
import io.nanoarrow.crosscheck.wire.WireScan;
import io.nanoarrow.inspect.FlatTable;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What nanoarrow 0.9.0 is known to crash on, refuse or get wrong. References name the function in
 * its source, src/nanoarrow/ipc/decoder.c unless another file is given.
 */
final class NanoarrowFaults implements KnownFaults {
  /** Nesting from which on a verifier whose error path doubles at each level does not return. */
  private static final int UNSAFE_DEPTH = 48;

  private static final int SCHEMA_FIELDS = 1;
  private static final int SCHEMA_METADATA = 2;
  private static final int FIELD_DICTIONARY = 4;
  private static final int FIELD_CHILDREN = 5;
  private static final int FIELD_METADATA = 6;

  /** What a fault shows itself as. */
  private enum Effect {
    REFUSAL,
    METADATA,
    DATA_OR_REFUSAL
  }

  /** What about a source matters here. */
  private record Traits(Schema schema, List<WireMessage> messages) {
    boolean any(Predicate<Field> test) {
      return any(schema.fields(), test);
    }

    private static boolean any(List<Field> fields, Predicate<Field> test) {
      return fields.stream().anyMatch(f -> test.test(f) || any(f.children(), test));
    }

    boolean anyMessage(Predicate<WireMessage> test) {
      return messages.stream().anyMatch(test);
    }
  }

  private record Fault(Effect effect, String text, Predicate<Traits> applies) {}

  private static final List<Fault> FAULTS =
      List.of(
          refusal(
              "views are not read (ArrowIpcDecoderSetType)",
              t -> t.any(f -> Layout.isView(f.type()))),
          refusal(
              "list views are not read (ArrowIpcDecoderSetType)",
              t -> t.any(f -> Layout.isListView(f.type()))),
          refusal(
              "run-end encoding is not read (ArrowIpcDecoderSetType)",
              t -> t.any(f -> f.type() instanceof ArrowType.RunEndEncoded)),
          refusal(
              "fixed-size binary of width 0 is not read (ArrowSchemaSetTypeFixedSize)",
              t -> t.any(f -> f.type().equals(new ArrowType.FixedSizeBinary(0)))),
          refusal(
              "dictionary deltas are not read (ArrowIpcDictionaryAppend)",
              t -> t.anyMessage(WireMessage::delta)),
          new Fault(
              Effect.DATA_OR_REFUSAL,
              "compressed dictionaries are read as if they were not compressed"
                  + " (ArrowIpcDecoderDecodeDictionaryInternal)",
              t ->
                  t.anyMessage(
                      m -> m.kind() == WireMessage.Kind.DICTIONARY_BATCH && m.codec() != null)),
          refusal(
              "dictionaries with unions are taken for metadata V1"
                  + " (ArrowIpcDecoderDecodeDictionaryInternal)",
              t -> t.any(f -> f.dictionary() != null && holdsUnion(f))),
          new Fault(
              Effect.METADATA,
              "metadata is cut at a NUL (ArrowIpcDecoderSetMetadata)",
              t -> holdsNul(t.schema().metadata()) || t.any(f -> holdsNul(f.metadata()))));

  private static Fault refusal(String text, Predicate<Traits> applies) {
    return new Fault(Effect.REFUSAL, text, applies);
  }

  private @Nullable Source lastSource;
  private @Nullable Traits lastTraits;

  @Override
  public @Nullable String unsafe(Source source, Schema schema) throws IOException {
    if (depth(schema.fields()) >= UNSAFE_DEPTH) {
      return "unsafe: nested " + UNSAFE_DEPTH + " deep or more (check_result in flatcc's verifier)";
    }
    FlatTable table = WireScan.schema(source);
    if (table == null) {
      return "unsafe: no schema message";
    }
    if (lacksKeyOrValue(table, SCHEMA_METADATA)) {
      return "unsafe: metadata without key or value (ArrowIpcDecoderSetMetadata)";
    }
    String inFields = unsafeFields(table.getTables(SCHEMA_FIELDS));
    if (inFields != null) {
      return inFields;
    }
    return source.isFile() && !isStreamInside(source)
        ? "the messages of this file do not follow each other like those of a stream"
        : null;
  }

  private static @Nullable String unsafeFields(List<FlatTable> fields) {
    for (FlatTable field : fields) {
      FlatTable dictionary = field.getTable(FIELD_DICTIONARY);
      if (dictionary != null && !dictionary.has(1)) {
        return "unsafe: dictionary without index type (ArrowIpcSetDictionaryEncoding)";
      }
      if (lacksKeyOrValue(field, FIELD_METADATA)) {
        return "unsafe: metadata without key or value (ArrowIpcDecoderSetMetadata)";
      }
      String inChildren = unsafeFields(field.getTables(FIELD_CHILDREN));
      if (inChildren != null) {
        return inChildren;
      }
    }
    return null;
  }

  private static boolean lacksKeyOrValue(FlatTable table, int metadata) {
    return table.getTables(metadata).stream().anyMatch(kv -> !kv.has(0) || !kv.has(1));
  }

  /** Tells whether the footer lists what a reader of the stream inside finds, in the same order. */
  private static boolean isStreamInside(Source file) throws IOException {
    List<Long> listed = new ArrayList<>();
    WireScan.messages(file).forEach(m -> listed.add(m.offset()));
    List<Long> found = new ArrayList<>();
    for (WireMessage message : WireScan.streamPart(file)) {
      if (message.kind() != WireMessage.Kind.SCHEMA) {
        found.add(message.offset());
      }
    }
    return listed.equals(found);
  }

  @Override
  public @Nullable String explain(Source source, Schema schema, @Nullable Difference difference)
      throws IOException {
    if (source != lastSource) {
      lastTraits = new Traits(schema, WireScan.messages(source));
      lastSource = source;
    }
    for (Fault fault : FAULTS) {
      if (explains(fault.effect(), difference) && fault.applies().test(lastTraits)) {
        return fault.text();
      }
    }
    return null;
  }

  private static boolean explains(Effect effect, @Nullable Difference difference) {
    return switch (effect) {
      case REFUSAL -> difference == null;
      case METADATA -> difference != null && difference.part().contains("metadata");
      case DATA_OR_REFUSAL ->
          difference == null || difference.column().contains(ArrayComparison.DICTIONARY);
    };
  }

  private static boolean holdsUnion(Field field) {
    return field.type() instanceof ArrowType.Union
        || field.children().stream().anyMatch(NanoarrowFaults::holdsUnion);
  }

  private static boolean holdsNul(Metadata metadata) {
    for (Metadata.Entry entry : metadata.entries()) {
      if (entry.key().indexOf('\0') >= 0 || entry.value().indexOf('\0') >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int depth(List<Field> fields) {
    int deepest = 0;
    for (Field field : fields) {
      deepest = Math.max(deepest, 1 + depth(field.children()));
    }
    return deepest;
  }
}
