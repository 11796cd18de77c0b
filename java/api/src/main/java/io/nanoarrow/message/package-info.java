/** Encapsulated messages as such, whatever they carry (format/Columnar.rst). */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.message;
