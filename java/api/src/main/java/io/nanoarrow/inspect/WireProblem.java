package io.nanoarrow.inspect;

/**
 * Something that is not as the format wants it.
 *
 * @param offset where, bytes from the start of the input
 * @param text what, without its place
 */
public record WireProblem(long offset, String text) {}
