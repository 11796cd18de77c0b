/**
 * Decoders of compressed buffers, each bounded by its input and by the size announced; encoders.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.codec;
