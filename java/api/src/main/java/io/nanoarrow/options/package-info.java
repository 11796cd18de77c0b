/** How to read and write. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.options;
