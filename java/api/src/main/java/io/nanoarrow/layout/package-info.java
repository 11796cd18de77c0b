/** Arrays as the columnar format lays them out: what engines hand over. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.layout;
