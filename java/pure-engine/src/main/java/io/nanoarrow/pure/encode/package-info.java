/** Messages from schemas and rows: flatbuffers, bodies in parts, what frames both. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.encode;
