package io.nanoarrow.crosscheck.json;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a type: its name and parameters, in any order. */
final class TypeParser {
  private static final int DEFAULT_DECIMAL_BITS = 128;
  private static final int MAX_TYPE_ID = 127;

  private final JsonInput in;

  private @Nullable String name;
  private @Nullable String unit;
  private @Nullable String precisionName;
  private @Nullable String mode;
  private @Nullable String timezone;
  private @Nullable Integer bitWidth;
  private int byteWidth = -1;
  private int listSize = -1;
  private int precision;
  private int scale;
  private boolean signed = true;
  private boolean keysSorted;
  private final List<Integer> typeIds = new ArrayList<>();

  private TypeParser(JsonInput in) {
    this.in = in;
  }

  /** Reads the current value. */
  static ArrowType parse(JsonInput in) throws IOException {
    TypeParser parser = new TypeParser(in);
    in.object(parser::key);
    try {
      return parser.type();
    } catch (IllegalArgumentException e) {
      throw in.invalid("a type with parameters that it cannot have");
    }
  }

  /** Reads the type of a dictionary's indices. */
  static ArrowType.Int parseIndexType(JsonInput in) throws IOException {
    if (parse(in) instanceof ArrowType.Int type) {
      return type;
    }
    throw in.invalid("indices that are no integers");
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "name" -> name = in.text();
      case "unit" -> unit = in.text();
      case "mode" -> mode = in.text();
      case "timezone" -> timezone = in.isNull() ? null : in.text();
      case "bitWidth" -> bitWidth = in.integer(0, Integer.MAX_VALUE);
      case "byteWidth" -> byteWidth = in.integer(0, Integer.MAX_VALUE);
      case "listSize" -> listSize = in.integer(0, Integer.MAX_VALUE);
      case "scale" -> scale = in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "isSigned" -> signed = in.flag();
      case "keysSorted" -> keysSorted = in.flag();
      case "typeIds" -> in.array(() -> typeIds.add(in.integer(0, MAX_TYPE_ID)));
      case "precision" -> {
        // A number of digits or the name of a width, depending on the type.
        String text = in.digits();
        precisionName = text;
        precision = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private ArrowType type() {
    if (name == null) {
      throw in.invalid("a type without a name");
    }
    // Writers disagree about utf8view and utf8_view.
    return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
      case "null" -> new ArrowType.Null();
      case "bool" -> new ArrowType.Bool();
      case "int" -> new ArrowType.Int(width(0), signed);
      case "floatingpoint" ->
          new ArrowType.FloatingPoint(named(FloatingPointPrecision.class, precisionName));
      case "decimal", "decimal32", "decimal64", "decimal128", "decimal256" -> decimal();
      case "date" -> new ArrowType.Date(named(DateUnit.class, unit));
      case "time" -> time();
      case "timestamp" -> new ArrowType.Timestamp(named(TimeUnit.class, unit), timezone);
      case "duration" -> new ArrowType.Duration(named(TimeUnit.class, unit));
      case "interval" -> new ArrowType.Interval(named(IntervalUnit.class, unit));
      case "utf8" -> new ArrowType.Utf8();
      case "largeutf8" -> new ArrowType.LargeUtf8();
      case "utf8view" -> new ArrowType.Utf8View();
      case "binary" -> new ArrowType.Binary();
      case "largebinary" -> new ArrowType.LargeBinary();
      case "binaryview" -> new ArrowType.BinaryView();
      case "fixedsizebinary" -> new ArrowType.FixedSizeBinary(byteWidth);
      case "list" -> new ArrowType.ListType();
      case "largelist" -> new ArrowType.LargeList();
      case "listview" -> new ArrowType.ListView();
      case "largelistview" -> new ArrowType.LargeListView();
      case "fixedsizelist" -> new ArrowType.FixedSizeList(listSize);
      case "struct" -> new ArrowType.Struct();
      case "map" -> new ArrowType.MapType(keysSorted);
      case "union" -> new ArrowType.Union(named(UnionMode.class, mode), typeIds);
      case "runendencoded" -> new ArrowType.RunEndEncoded();
      default -> throw in.invalid("a type of an unknown name");
    };
  }

  private int width(int otherwise) {
    return bitWidth == null ? otherwise : bitWidth;
  }

  private ArrowType decimal() {
    if (precision <= 0) {
      throw in.invalid("a decimal without a precision");
    }
    return new ArrowType.Decimal(precision, scale, width(DEFAULT_DECIMAL_BITS));
  }

  private ArrowType time() {
    ArrowType.Time type = new ArrowType.Time(named(TimeUnit.class, unit));
    if (width(type.bitWidth()) != type.bitWidth()) {
      throw in.invalid("a time whose width does not go with its unit");
    }
    return type;
  }

  private <E extends Enum<E>> E named(Class<E> names, @Nullable String value) {
    if (value == null) {
      throw in.invalid("a type without its unit, mode or precision");
    }
    return Enum.valueOf(names, value);
  }
}
