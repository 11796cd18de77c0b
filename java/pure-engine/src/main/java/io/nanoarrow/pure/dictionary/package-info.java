/** Dictionaries as they arrive: replaced, extended, shared, nested. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.pure.dictionary;
