/**
 * Arrays from arrays: rows of several put together, values collected into dictionaries and taken
 * out of them.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.transform;
