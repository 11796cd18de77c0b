package io.nanoarrow.interop;

import io.nanoarrow.crosscheck.Difference;
import io.nanoarrow.crosscheck.KnownFaults;
import io.nanoarrow.crosscheck.Source;
import io.nanoarrow.crosscheck.wire.WireMessage;
import io.nanoarrow.crosscheck.wire.WireScan;
import io.nanoarrow.inspect.FlatTable;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.io.IOException;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What arrow-java 19.0.0 is known to refuse, get wrong or lose on the way through its C Data
 * export. References name the class in its source (apache/arrow-java).
 */
final class ArrowJavaFaults implements KnownFaults {
  private static final int SCHEMA_ENDIANNESS = 0;
  private static final int SMALL_DECIMAL_BITS = 64;

  /** What about a source matters here. */
  private record Traits(Schema schema, boolean isBigEndian, boolean hasFileDeltas) {
    boolean any(Predicate<Field> test) {
      return any(schema.fields(), test);
    }

    private static boolean any(List<Field> fields, Predicate<Field> test) {
      return fields.stream().anyMatch(f -> test.test(f) || any(f.children(), test));
    }
  }

  /** A fault: what it shows itself as (null: a refusal), and in which sources. */
  private record Fault(String text, BiPredicate<Traits, @Nullable Difference> explains) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(
              "big-endian values are not swapped (MessageSerializer.deserializeRecordBatch)",
              (t, difference) -> t.isBigEndian()),
          new Fault(
              "dictionary deltas in files are not read (ArrowFileReader.readDictionary)",
              (t, difference) ->
                  t.hasFileDeltas() && (difference == null || difference.batch() >= 0)),
          refusal(
              "decimals of 32 and 64 bits are not read (DecimalUtility)",
              f -> f.type() instanceof ArrowType.Decimal d && d.bitWidth() <= SMALL_DECIMAL_BITS),
          refusal(
              "fixed-size binary of width 0 is not read (FixedSizeBinaryVector divides by it)",
              f -> f.type().equals(new ArrowType.FixedSizeBinary(0))),
          refusal(
              "children of dense unions come back cut (DenseUnionVector's export)",
              f -> f.type() instanceof ArrowType.Union u && u.mode() == UnionMode.DENSE),
          refusal(
              "unions of metadata V4, below fixed-size lists, or with type ids beyond their children"
                  + " are not read (MetadataV4UnionChecker, FixedSizeListVector, UnionVector)",
              f -> f.type() instanceof ArrowType.Union),
          refusal(
              "run-end encoding of metadata V4 is not read (VectorLoader)",
              f -> f.type() instanceof ArrowType.RunEndEncoded),
          refusal(
              "of children of one name only one is kept, unless arrow.struct.conflict.policy says"
                  + " otherwise (AbstractStructVector)",
              ArrowJavaFaults::repeatsNames),
          new Fault(
              "metadata loses its order and repeated keys (kept in a HashMap)",
              (t, difference) -> difference != null && difference.part().contains("metadata")),
          new Fault(
              "dictionary-encoded children of lists lose their names (BaseRepeatedValueVector)",
              (t, difference) ->
                  difference != null
                      && difference.part().equals("name")
                      && t.any(f -> f.dictionary() != null)),
          new Fault(
              "type ids of unions in dictionaries are lost (UnionVector)",
              (t, difference) ->
                  difference != null
                      && difference.part().equals("type")
                      && t.any(f -> f.dictionary() != null && f.type() instanceof ArrowType.Union)),
          new Fault(
              "children of list views come back with another length (ListViewVector's export)",
              (t, difference) ->
                  difference != null
                      && difference.part().equals("length")
                      && t.any(ArrowJavaFaults::isListView)));

  private static Fault refusal(String text, Predicate<Field> field) {
    return new Fault(text, (traits, difference) -> difference == null && traits.any(field));
  }

  private static boolean isListView(Field field) {
    return field.type() instanceof ArrowType.ListView
        || field.type() instanceof ArrowType.LargeListView;
  }

  private static boolean repeatsNames(Field field) {
    long names = field.children().stream().map(Field::name).distinct().count();
    return field.type() instanceof ArrowType.Struct && names < field.children().size();
  }

  private @Nullable Source lastSource;
  private @Nullable Traits lastTraits;

  /** It is run on nothing that native has not read with full checks. */
  @Override
  public @Nullable String unsafe(Source source, Schema schema) {
    return null;
  }

  @Override
  public @Nullable String explain(Source source, Schema schema, @Nullable Difference difference)
      throws IOException {
    if (source != lastSource) {
      FlatTable table = WireScan.schema(source);
      boolean big = table != null && table.getShort(SCHEMA_ENDIANNESS, 0) != 0;
      boolean deltas =
          source.isFile() && WireScan.messages(source).stream().anyMatch(WireMessage::delta);
      lastTraits = new Traits(schema, big, deltas);
      lastSource = source;
    }
    for (Fault fault : FAULTS) {
      if (fault.explains().test(lastTraits, difference)) {
        return fault.text();
      }
    }
    return null;
  }
}
