package io.nanoarrow.spi;

import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.tensor.TensorData;

/**
 * A tensor message that has been read.
 *
 * @param content every buffer lies in the region, and the sizes of all parts have been checked
 * @param region with one use, the receiver's
 */
public record TensorMessage(TensorData content, MemoryRegion region) {}
