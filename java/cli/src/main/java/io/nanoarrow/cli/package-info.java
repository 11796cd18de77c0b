/** The nanoarrow command. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.cli;
