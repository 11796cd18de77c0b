/** Whether schemas, batches and tables mean the same, and where they first do not. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.compare;
