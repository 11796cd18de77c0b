/** The engine's errors. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.fault;
