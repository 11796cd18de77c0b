/**
 * A look at the messages of a stream or file without decoding them: what commands and checks ask.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.crosscheck.wire;
