package io.nanoarrow.inspect;

/**
 * A buffer of a body.
 *
 * @param column the index of the column that it belongs to, -1 where that is not known
 * @param path the field ("a.b.item"), empty where that is not known
 * @param kind what it holds: validity, offsets, values and so on
 * @param offset its first byte, from the start of the input; as the message says, which may be
 *     wrong
 * @param sizeBytes its bytes on the wire without padding
 * @param decodedBytes its bytes after decompression, as it says; equal where nothing is compressed,
 *     -1 where that cannot be read
 */
public record WireBuffer(
    int column, String path, String kind, long offset, long sizeBytes, long decodedBytes) {}
