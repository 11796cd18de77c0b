/** The native engine, and nanoarrow's C API bound one to one. */
module io.nanoarrow.c {
  requires transitive io.nanoarrow;
  requires transitive org.bytedeco.javacpp;
  requires static org.jspecify;

  exports io.nanoarrow.c;

  provides io.nanoarrow.spi.Engine with
      io.nanoarrow.engine.NativeEngine;
  provides io.nanoarrow.spi.CDataBridge with
      io.nanoarrow.engine.NativeCDataBridge;
}
