/** Regions that the engine makes, and how many bytes they hold. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.memory;
