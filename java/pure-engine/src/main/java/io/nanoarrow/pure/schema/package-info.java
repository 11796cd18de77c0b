/** Schemas from flatbuffers, with the rules of each type. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.schema;
