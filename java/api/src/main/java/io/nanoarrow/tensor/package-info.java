/**
 * Multidimensional arrays of numbers (format/Tensor.fbs and SparseTensor.fbs): how they lie in
 * memory and how their elements are reached.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.tensor;
