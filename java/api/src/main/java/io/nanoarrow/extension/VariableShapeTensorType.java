package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.build.IntegerBuilder;
import io.nanoarrow.build.ListBuilder;
import io.nanoarrow.build.StructBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.FixedSizeListColumn;
import io.nanoarrow.column.IntegerColumn;
import io.nanoarrow.column.ListColumn;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.tensor.TensorLayout;
import io.nanoarrow.tensor.TensorView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * arrow.variable_shape_tensor: a tensor a row, each of its own shape but of as many dimensions,
 * stored as a struct of a list "data" and a fixed-size list "shape". Values are views of the
 * column's memory; elements are integers or floats to be read, of any type otherwise.
 *
 * @param valueType of the elements
 * @param dimensionCount of each tensor
 * @param dimensionNames of the physical axes, or none
 * @param permutation the physical axis of each axis of a value, or nothing: the same
 * @param uniformShape the sizes of those physical axes that are the same in each row and null of
 *     the others, or nothing
 */
public record VariableShapeTensorType(
    ArrowType valueType,
    int dimensionCount,
    List<String> dimensionNames,
    List<Integer> permutation,
    List<@Nullable Long> uniformShape)
    implements ExtensionType<TensorView> {
  /** The name of the type. */
  public static final String NAME = "arrow.variable_shape_tensor";

  private static final ArrowType.Int SIZE = new ArrowType.Int(32, true);

  /** Checks that the parameters fit each other. */
  public VariableShapeTensorType {
    dimensionNames = List.copyOf(dimensionNames);
    permutation = List.copyOf(permutation);
    uniformShape = Collections.unmodifiableList(new ArrayList<>(uniformShape));
    new TensorAxes(dimensionNames, permutation).require(dimensionCount);
    if (!uniformShape.isEmpty() && uniformShape.size() != dimensionCount) {
      throw new IllegalArgumentException(
          "uniform_shape " + uniformShape + " of " + dimensionCount + " dimensions");
    }
  }

  /** A type without further parameters. */
  public VariableShapeTensorType(ArrowType valueType, int dimensionCount) {
    this(valueType, dimensionCount, List.of(), List.of(), List.of());
  }

  static VariableShapeTensorType parse(Field field, String metadata) {
    Field data = child(field, "data");
    Field shape = child(field, "shape");
    if (data == null
        || data.children().size() != 1
        || shape == null
        || !(shape.type() instanceof ArrowType.FixedSizeList sizes)) {
      throw ExtensionType.wrongStorage(
          NAME, "a struct of a list \"data\" and a fixed-size list \"shape\"", field.type());
    }
    ArrowType valueType = data.children().get(0).type();
    if (metadata.isEmpty()) {
      return new VariableShapeTensorType(valueType, sizes.listSize());
    }
    Parameters parameters = Parameters.of(NAME, metadata);
    TensorAxes axes = TensorAxes.of(parameters, sizes.listSize());
    List<@Nullable Long> uniform = parameters.sizesOrNulls("uniform_shape");
    return new VariableShapeTensorType(
        valueType,
        sizes.listSize(),
        axes.names(),
        axes.permutation(),
        uniform == null ? List.of() : uniform);
  }

  private static @Nullable Field child(Field field, String name) {
    return field.children().stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  private TensorAxes axes() {
    return new TensorAxes(dimensionNames, permutation);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String metadata() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    axes().put(parameters);
    if (!uniformShape.isEmpty()) {
      parameters.put("uniform_shape", uniformShape);
    }
    return MetadataJson.print(parameters);
  }

  @Override
  public void requireStorage(Field field) {
    Field data = child(field, "data");
    Field shape = child(field, "shape");
    boolean fits =
        field.type() instanceof ArrowType.Struct
            && field.dictionary() == null
            && field.children().size() == 2
            && data != null
            && isList(data, valueType)
            && (data.type() instanceof ArrowType.ListType
                || data.type() instanceof ArrowType.LargeList)
            && shape != null
            && isList(shape, SIZE)
            && shape.type().equals(new ArrowType.FixedSizeList(dimensionCount));
    if (!fits) {
      throw new IllegalArgumentException(
          "%s is stored as a struct of \"data\", a list of %s, and \"shape\", %d int32 each; this"
                  .formatted(NAME, valueType, dimensionCount)
              + " field as %s %s".formatted(field.type(), field.children()));
    }
  }

  private static boolean isList(Field field, ArrowType item) {
    return field.dictionary() == null
        && field.children().size() == 1
        && field.children().get(0).dictionary() == null
        && field.children().get(0).type().equals(item);
  }

  @Override
  public Field field(String name) {
    Field data = Field.of("data", new ArrowType.ListType(), Field.of("item", valueType));
    Field shape =
        Field.of("shape", new ArrowType.FixedSizeList(dimensionCount), Field.of("item", SIZE));
    return Extensions.field(Field.of(name, new ArrowType.Struct(), data, shape), this);
  }

  @Override
  public ExtensionReader<TensorView> reader(Column column) {
    requireStorage(column.field());
    StructColumn struct = column.asStruct();
    ListColumn lists = struct.child("data").asList();
    FixedSizeListColumn shapes = struct.child("shape").asFixedSizeList();
    Column elements = lists.values();
    IntegerColumn sizes = shapes.values().asInteger();
    return row -> {
      if (struct.isNull(row)) {
        return null;
      }
      TensorLayout layout = layout(shape(column, shapes, sizes, row), column, row);
      if (lists.isNull(row) || layout.elementCount() != lists.size(row)) {
        throw invalid(column, row, "has another number of elements than its shape says");
      }
      return TensorAxes.view(layout, elements, lists.start(row));
    };
  }

  private long[] shape(Column column, FixedSizeListColumn shapes, IntegerColumn sizes, long row) {
    if (shapes.isNull(row)) {
      throw invalid(column, row, "has no shape");
    }
    long[] shape = new long[dimensionCount];
    for (int i = 0; i < shape.length; i++) {
      long at = shapes.start(row) + i;
      shape[i] = sizes.isNull(at) ? -1 : sizes.getLong(at);
      Long uniform = uniformShape.isEmpty() ? null : uniformShape.get(i);
      if (shape[i] < 0 || uniform != null && uniform != shape[i]) {
        throw invalid(column, row, "has a size that it cannot have");
      }
    }
    return shape;
  }

  private TensorLayout layout(long[] shape, Column column, long row) {
    ArrowType type = valueType;
    try {
      return axes().layout(type, shape);
    } catch (IllegalArgumentException e) {
      throw invalid(column, row, String.valueOf(e.getMessage()));
    }
  }

  private static ArrowFormatException invalid(Column column, long row, String detail) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA,
        "the tensor of row " + row + " " + detail,
        ArrowFormatException.UNKNOWN_OFFSET,
        column.path());
  }

  @Override
  public ExtensionAppender<TensorView> appender(ColumnBuilder builder) {
    requireStorage(builder.field());
    StructBuilder struct = (StructBuilder) builder;
    ListBuilder data = (ListBuilder) struct.child("data");
    ListBuilder shapes = (ListBuilder) struct.child("shape");
    return tensor -> {
      if (tensor == null) {
        struct.appendNull();
        return;
      }
      TensorAxes.requireType(tensor, valueType);
      long[] shape = axes().physicalShape(tensor);
      requireShape(shape);
      axes().append(tensor, shape, data.values());
      data.endList();
      for (long size : shape) {
        ((IntegerBuilder) shapes.values()).append(size);
      }
      shapes.endList();
      struct.endStruct();
    };
  }

  private void requireShape(long[] shape) {
    boolean fits = shape.length == dimensionCount;
    for (int i = 0; fits && i < shape.length; i++) {
      Long uniform = uniformShape.isEmpty() ? null : uniformShape.get(i);
      fits = shape[i] <= Integer.MAX_VALUE && (uniform == null || uniform == shape[i]);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "a tensor of %d dimensions that is not of this type, uniform shape %s"
              .formatted(shape.length, uniformShape));
    }
  }
}
