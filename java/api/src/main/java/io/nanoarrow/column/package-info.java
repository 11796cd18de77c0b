/** Typed access to the values of a batch. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.column;
