package io.nanoarrow.tensor;

/** What a tensor message holds; the bytes are borrowed. */
public sealed interface TensorData permits DenseData, SparseData {}
