/** Bounds checks of flatbuffers, before any generated accessor looks at them. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.verify;
