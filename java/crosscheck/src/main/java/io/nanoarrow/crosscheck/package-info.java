/**
 * Decodes the same bytes with several decoders and compares what they make of them, down to the
 * last meaningful bit.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.crosscheck;
