/** Arrow IPC for the JVM: schema, columns, batches, readers and the SPI of engines. */
module io.nanoarrow {
  requires static org.jspecify;
  requires static java.net.http;

  exports io.nanoarrow;
  exports io.nanoarrow.build;
  exports io.nanoarrow.column;
  exports io.nanoarrow.compare;
  exports io.nanoarrow.error;
  exports io.nanoarrow.extension;
  exports io.nanoarrow.http;
  exports io.nanoarrow.inspect;
  exports io.nanoarrow.layout;
  exports io.nanoarrow.memory;
  exports io.nanoarrow.message;
  exports io.nanoarrow.options;
  exports io.nanoarrow.schema;
  exports io.nanoarrow.spi;
  exports io.nanoarrow.stats;
  exports io.nanoarrow.tensor;
  exports io.nanoarrow.text;
  exports io.nanoarrow.transform;

  uses io.nanoarrow.spi.Engine;
  uses io.nanoarrow.spi.CDataBridge;
}
