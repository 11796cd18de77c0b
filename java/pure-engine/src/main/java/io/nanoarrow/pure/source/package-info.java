/** Where bytes come from: memory, mapped files, positioned reads, blocking streams. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.source;
