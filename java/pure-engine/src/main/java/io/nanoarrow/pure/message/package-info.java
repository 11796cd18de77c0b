/** Messages: their framing, their heads, their key-values. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.message;
