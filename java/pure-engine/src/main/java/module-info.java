/**
 * An Arrow IPC reader and writer in pure Java; found through the service {@link
 * io.nanoarrow.spi.Engine}.
 */
module io.nanoarrow.pure {
  requires io.nanoarrow;
  requires flatbuffers.java;
  requires org.apache.arrow.format;
  requires static org.jspecify;

  provides io.nanoarrow.spi.Engine with
      io.nanoarrow.pure.PureEngine;
}
