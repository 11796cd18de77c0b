/** JMH benchmarks; docs/benchmarks.md has the command and the figures. */
@org.jspecify.annotations.NullMarked
package io.nanoarrow.bench;
