/** arrow-java beside nanoarrow. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.interop;
