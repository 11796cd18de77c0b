package io.nanoarrow.pure.encode;

/**
 * What a RecordBatch message lists, and its body.
 *
 * @param nodes length and null count of each node
 * @param variadicCounts data buffers of each array of views
 * @param buffers offset and size of each buffer
 * @param parts the body
 */
record BodyContent(Pairs nodes, long[] variadicCounts, Pairs buffers, Parts parts) {}
