/**
 * Batches from Java values: builders that fill off-heap memory, and arrays over buffers that the
 * user has already.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.build;
