package io.nanoarrow.build;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays and batches over buffers that the user has already; nothing is copied. Each buffer is what
 * remains of a ByteBuffer, direct or on the heap, little-endian whatever its byte order says, in
 * the order of {@link ColumnData#buffers}. Its content must not change any more; it is kept
 * reachable for as long as something refers to it, and given back by nobody.
 *
 * <p>Whatever could make a reader leave a buffer or a child is checked here: sizes, offsets, views,
 * type ids, run ends, indices; and that direct memory is aligned to its numbers. That text is UTF-8
 * is not. Every method throws IllegalArgumentException, naming the field, when a check fails.
 */
public final class WrappedArrays {
  private WrappedArrays() {}

  /**
   * Returns an array without children: numbers, text, bytes.
   *
   * @param length rows
   * @param validity bit set = valid, lowest bit first; null when all rows are valid
   * @param buffers values; or offsets, data; or views and then each data buffer
   */
  public static ColumnData leaf(
      Field field, long length, @Nullable ByteBuffer validity, ByteBuffer... buffers) {
    return make(field, length, validity, Arrays.asList(buffers), List.of(), null);
  }

  /**
   * Returns an array with children: list, struct, map, union, run-end encoded.
   *
   * @param length rows
   * @param validity bit set = valid, lowest bit first; null when all rows are valid; unions and
   *     run-end encoded arrays have none
   * @param buffers none; or offsets; or offsets, sizes; or type ids; or type ids, offsets
   * @param children of the field's children, in their order
   */
  public static ColumnData nested(
      Field field,
      long length,
      @Nullable ByteBuffer validity,
      List<ByteBuffer> buffers,
      List<ColumnData> children) {
    return make(field, length, validity, buffers, children, null);
  }

  /**
   * Returns a dictionary-encoded array.
   *
   * @param length rows
   * @param validity bit set = valid, lowest bit first; null when all rows are valid
   * @param indices of the field's index type; those of null rows may be anything
   * @param values the dictionary, of the field's type
   */
  public static ColumnData dictionary(
      Field field,
      long length,
      @Nullable ByteBuffer validity,
      ByteBuffer indices,
      ColumnData values) {
    return make(field, length, validity, List.of(indices), List.of(), values);
  }

  /**
   * Returns a batch, which the caller closes; that frees nothing. Arrays that belong to another
   * batch are readable for as long as that is open.
   *
   * @param rowCount rows of every column
   * @param columns of the schema's fields, in their order
   * @param metadata key-values of the batch
   */
  public static RecordBatch batch(
      Schema schema, long rowCount, List<ColumnData> columns, Metadata metadata) {
    List<Field> fields = columns.stream().map(ColumnData::field).toList();
    if (!fields.equals(schema.fields())) {
      throw new IllegalArgumentException(
          "the arrays are of " + fields + ", the schema is " + schema);
    }
    return RecordBatch.of(schema, BatchData.of(rowCount, columns, metadata));
  }

  private static ColumnData make(
      Field field,
      long length,
      @Nullable ByteBuffer validity,
      List<ByteBuffer> buffers,
      List<ColumnData> children,
      @Nullable ColumnData dictionary) {
    WrappedChecks checks = new WrappedChecks(field, length);
    checks.shape(validity != null, buffers, children, dictionary);
    ArrowBuffer bits = validity == null ? null : wrap(validity);
    ColumnData data =
        new ColumnData(
            field,
            length,
            0,
            checks.nullCount(bits),
            bits,
            buffers.stream().map(WrappedArrays::wrap).toList(),
            children,
            dictionary);
    checks.content(data);
    return data;
  }

  private static ArrowBuffer wrap(ByteBuffer buffer) {
    return new ArrowBuffer(new HeapRegion(buffer), 0, buffer.remaining());
  }
}
