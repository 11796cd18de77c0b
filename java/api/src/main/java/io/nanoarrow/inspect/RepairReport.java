package io.nanoarrow.inspect;

import java.util.List;

/**
 * What a repair kept and what it lost.
 *
 * @param isFile whether a file was written, else a stream
 * @param batches record batches kept
 * @param rows of these
 * @param dictionaryBatches dictionary batches kept
 * @param keptBytes of the messages kept, the schema's among them
 * @param lostBytes of the input that are neither kept nor framing
 * @param lost what was not kept, and where it lay
 */
public record RepairReport(
    boolean isFile,
    long batches,
    long rows,
    long dictionaryBatches,
    long keptBytes,
    long lostBytes,
    List<WireProblem> lost) {}
