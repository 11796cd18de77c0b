/** Bodies of record batches against the layout of their schema. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.body;
