package io.nanoarrow.stats;

/**
 * What a writer has written so far; the first five as in pyarrow's WriteStats.
 *
 * @param messages messages, the schema's among them
 * @param recordBatches record batches
 * @param dictionaryBatches dictionary batches, deltas and replacements among them
 * @param dictionaryDeltas dictionary batches that added values
 * @param replacedDictionaries dictionary batches that took the place of an earlier one
 * @param bytesWritten all bytes, what frames the messages among them
 */
public record WriteStats(
    long messages,
    long recordBatches,
    long dictionaryBatches,
    long dictionaryDeltas,
    long replacedDictionaries,
    long bytesWritten) {}
