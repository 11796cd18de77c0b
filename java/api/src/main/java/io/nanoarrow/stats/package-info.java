/** What was read and written, and what memory is in use. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.stats;
