/**
 * The front door: readers, batches and tables.
 *
 * <p>{@link io.nanoarrow.ArrowIpc} opens streams and files; a {@link io.nanoarrow.BatchReader}
 * gives {@link io.nanoarrow.RecordBatch}es, whose {@link io.nanoarrow.column.Column}s are read in
 * place.
 *
 * <p>Readers, batches and tables hold memory and files until they are closed, each by whoever got
 * it. With the system property {@code io.nanoarrow.leakTracking=true} one that is dropped instead
 * is logged by the logger {@code io.nanoarrow}, with the place where it was opened, and what it
 * held is released; a stack trace is kept for each open one, so the property is for finding leaks.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow;
