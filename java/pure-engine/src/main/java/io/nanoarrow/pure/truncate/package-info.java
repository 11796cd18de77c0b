/** Rows of arrays cut to what a message of their own needs, layout by layout. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.truncate;
