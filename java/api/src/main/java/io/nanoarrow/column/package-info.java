/**
 * Typed access to the values of a batch, in place and without boxing.
 *
 * <p>{@link io.nanoarrow.column.Column} is sealed: one class for each way of reading values, not
 * for each type. {@code asLong()} and its like give the class; several classes share a parent where
 * values can be read alike: {@link io.nanoarrow.column.IntegerColumn}, {@link
 * io.nanoarrow.column.FloatingPointColumn}, {@link io.nanoarrow.column.TemporalColumn}, {@link
 * io.nanoarrow.column.BytesColumn}, {@link io.nanoarrow.column.RepeatedColumn}. Encodings are seen
 * as what they are: {@link io.nanoarrow.column.DictionaryColumn} and {@link
 * io.nanoarrow.column.RunEndEncodedColumn} lead to a column of values.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.column;
