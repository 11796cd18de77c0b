/** Types, fields and schemas: plain immutable data. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.schema;
