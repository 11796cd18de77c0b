package io.nanoarrow.spi;

/**
 * Where a message lies in a file (format/File.fbs, Block).
 *
 * @param offset of the message's prefix
 * @param metadataSizeBytes prefix, metadata and padding
 * @param bodySizeBytes the body with its padding
 */
public record FooterBlock(long offset, long metadataSizeBytes, long bodySizeBytes) {}
