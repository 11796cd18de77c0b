/** The native engine: readers, batches and the C Data bridge on the C layer {@code naj}. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.engine;
