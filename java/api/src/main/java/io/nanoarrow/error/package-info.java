/** The one exception for wrong bytes. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.error;
