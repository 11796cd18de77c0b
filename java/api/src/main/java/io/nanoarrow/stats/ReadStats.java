package io.nanoarrow.stats;

/**
 * What a reader has read so far; the first five as in pyarrow's ReadStats.
 *
 * @param messages messages, the schema's among them
 * @param recordBatches record batches
 * @param dictionaryBatches dictionary batches, deltas and replacements among them
 * @param dictionaryDeltas dictionary batches that added values
 * @param replacedDictionaries dictionary batches that took the place of an earlier one
 * @param endedWithoutMarker a stream ended after a whole message, without an end-of-stream marker
 */
public record ReadStats(
    long messages,
    long recordBatches,
    long dictionaryBatches,
    long dictionaryDeltas,
    long replacedDictionaries,
    boolean endedWithoutMarker) {}
