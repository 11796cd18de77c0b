/** The nanoarrow command. */
module io.nanoarrow.cli {
  requires io.nanoarrow;
  requires io.nanoarrow.crosscheck;
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  opens io.nanoarrow.cli to
      info.picocli;
}
