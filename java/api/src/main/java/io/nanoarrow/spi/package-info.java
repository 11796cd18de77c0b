/** What an engine implements; not for users of the library. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.spi;
