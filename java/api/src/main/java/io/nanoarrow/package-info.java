/** The front door: readers, batches and tables. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow;
