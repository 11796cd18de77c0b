/** Tensor and SparseTensor messages read (format/Tensor.fbs, SparseTensor.fbs). */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.tensor;
