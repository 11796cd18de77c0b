/** Decodes the same bytes with several decoders and compares. */
module io.nanoarrow.crosscheck {
  requires transitive io.nanoarrow;
  requires com.fasterxml.jackson.core;
  requires static io.nanoarrow.c;
  requires static org.jspecify;

  exports io.nanoarrow.crosscheck;
  exports io.nanoarrow.crosscheck.json;
  exports io.nanoarrow.crosscheck.wire;

  uses io.nanoarrow.crosscheck.Participant;
  uses io.nanoarrow.spi.CDataBridge;
  uses io.nanoarrow.spi.Engine;

  provides io.nanoarrow.crosscheck.Participant with
      io.nanoarrow.crosscheck.NativeParticipant,
      io.nanoarrow.crosscheck.PureParticipant,
      io.nanoarrow.crosscheck.NanoarrowParticipant;
}
