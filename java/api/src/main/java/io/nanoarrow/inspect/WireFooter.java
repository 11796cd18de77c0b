package io.nanoarrow.inspect;

import io.nanoarrow.spi.FooterBlock;
import java.util.List;

/**
 * The footer of a file as it says.
 *
 * @param offset of its flatbuffer
 * @param sizeBytes the flatbuffer, without length and magic
 * @param dictionaries blocks of dictionary batches
 * @param batches blocks of record batches
 */
public record WireFooter(
    long offset, long sizeBytes, List<FooterBlock> dictionaries, List<FooterBlock> batches) {}
