/**
 * The engine's own C layer with handles as {@code long}, and the loader of the shared library. Not
 * exported.
 */
package io.nanoarrow.naj;
