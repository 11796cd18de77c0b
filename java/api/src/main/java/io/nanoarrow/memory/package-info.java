/** Where buffers lie and how long. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.memory;
