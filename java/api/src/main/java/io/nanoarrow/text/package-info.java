/** Rows as readable text. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.text;
