/** The engine {@code pure}: streams and files read in Java alone, without native code. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure;
