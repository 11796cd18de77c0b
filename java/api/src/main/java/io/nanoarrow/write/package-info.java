/**
 * What both engines' writers share: where bytes go, what frames the messages, which dictionaries
 * have been written. Not exported; {@code io.nanoarrow} is its face.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.write;
