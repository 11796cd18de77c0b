package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.build.ListBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.FixedSizeListColumn;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.tensor.TensorLayout;
import io.nanoarrow.tensor.TensorView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * arrow.fixed_shape_tensor: a tensor a row, all of one shape, stored as a fixed-size list. Values
 * are views of the column's memory; elements are integers or floats to be read, of any type
 * otherwise.
 *
 * @param valueType of the elements
 * @param shape the sizes of the physical axes, whose last moves fastest
 * @param dimensionNames of the physical axes, or none
 * @param permutation the physical axis of each axis of a value, or nothing: the same
 */
public record FixedShapeTensorType(
    ArrowType valueType, List<Long> shape, List<String> dimensionNames, List<Integer> permutation)
    implements ExtensionType<TensorView> {
  /** The name of the type. */
  public static final String NAME = "arrow.fixed_shape_tensor";

  /** Checks that the parameters fit each other. */
  public FixedShapeTensorType {
    shape = List.copyOf(shape);
    dimensionNames = List.copyOf(dimensionNames);
    permutation = List.copyOf(permutation);
    new TensorAxes(dimensionNames, permutation).require(shape.size());
    listSize(shape);
  }

  /** A type without names and permutation. */
  public FixedShapeTensorType(ArrowType valueType, long... shape) {
    this(valueType, Arrays.stream(shape).boxed().toList(), List.of(), List.of());
  }

  private static int listSize(List<Long> shape) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a tensor of shape " + shape);
      }
      // Both are below 2^31, so that the product is a long.
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a tensor of shape " + shape);
      }
    }
    return (int) size;
  }

  static FixedShapeTensorType parse(Field field, String metadata) {
    if (!(field.type() instanceof ArrowType.FixedSizeList) || field.children().size() != 1) {
      throw ExtensionType.wrongStorage(NAME, "a fixed-size list", field.type());
    }
    Parameters parameters = Parameters.of(NAME, metadata);
    List<Long> shape = parameters.sizes("shape");
    if (shape == null) {
      throw new IllegalArgumentException("the metadata of " + NAME + " has no \"shape\"");
    }
    TensorAxes axes = TensorAxes.of(parameters, shape.size());
    return new FixedShapeTensorType(
        field.children().get(0).type(), shape, axes.names(), axes.permutation());
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
    parameters.put("shape", shape);
    axes().put(parameters);
    return MetadataJson.print(parameters);
  }

  @Override
  public void requireStorage(Field field) {
    boolean fits =
        field.type().equals(new ArrowType.FixedSizeList(listSize(shape)))
            && field.dictionary() == null
            && field.children().size() == 1
            && field.children().get(0).dictionary() == null
            && field.children().get(0).type().equals(valueType);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s of shape %s is stored as a fixed-size list of %d elements of %s, this field as %s %s"
              .formatted(NAME, shape, listSize(shape), valueType, field.type(), field.children()));
    }
  }

  @Override
  public Field field(String name) {
    Field item = Field.of("item", valueType);
    return Extensions.field(
        Field.of(name, new ArrowType.FixedSizeList(listSize(shape)), item), this);
  }

  @Override
  public ExtensionReader<TensorView> reader(Column column) {
    requireStorage(column.field());
    FixedSizeListColumn lists = column.asFixedSizeList();
    TensorLayout layout = axes().layout(valueType, sizes());
    Column elements = lists.values();
    return row -> lists.isNull(row) ? null : TensorAxes.view(layout, elements, lists.start(row));
  }

  private long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public ExtensionAppender<TensorView> appender(ColumnBuilder builder) {
    requireStorage(builder.field());
    ListBuilder lists = (ListBuilder) builder;
    long[] sizes = sizes();
    return tensor -> {
      if (tensor == null) {
        lists.appendNull();
        return;
      }
      TensorAxes.requireType(tensor, valueType);
      if (!Arrays.equals(axes().physicalShape(tensor), sizes)) {
        throw new IllegalArgumentException(
            "a tensor of " + tensor.dimensions() + " for the physical shape " + shape);
      }
      axes().append(tensor, sizes, lists.values());
      lists.endList();
    };
  }
}
