/**
 * Extension types: what fields and their metadata mean beyond how they are stored, and values in
 * that meaning, read and built.
 */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.extension;
