package io.nanoarrow.pure.source;

import io.nanoarrow.memory.MemoryRegion;

/**
 * The body of one message. Whoever got it releases the region once.
 *
 * @param region where it lies
 * @param offset its first byte in the region
 * @param sizeBytes its size, all inside the region
 * @param inputOffset its first byte in the input
 */
public record Body(MemoryRegion region, long offset, long sizeBytes, long inputOffset) {}
