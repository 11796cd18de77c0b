/**
 * How a stream or file lies on the wire: messages, buffers, footer, and where they contradict each
 * other. Reads headers only; every offset of the input is checked.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.inspect;
