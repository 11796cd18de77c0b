/**
 * Arrow's integration JSON (format/Integration.rst of the Arrow project): read, written, and
 * compared with Arrow data.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.crosscheck.json;
