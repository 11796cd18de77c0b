/** Checks of batch content, apart from decoding: what {@code ValidationLevel.FULL} asks for. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.validate;
