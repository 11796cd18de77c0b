package io.nanoarrow.cli;

import io.nanoarrow.crosscheck.Participant;
import io.nanoarrow.crosscheck.PureParticipant;
import io.nanoarrow.crosscheck.Source;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;

/** Decodes like "pure" but claims another schema metadata; works only while a test wants it. */
public final class Liar implements Participant {
  static volatile boolean awake;

  private final PureParticipant honest = new PureParticipant();

  @Override
  public String id() {
    return "liar";
  }

  @Override
  public String unavailableReason() {
    return awake ? honest.unavailableReason() : "asleep";
  }

  @Override
  public Decoding open(Source source) throws IOException {
    Decoding decoding = honest.open(source);
    return new Decoding() {
      @Override
      public Schema schema() {
        Metadata lie = Metadata.builder().add("lie", "1").build();
        return new Schema(decoding.schema().fields(), lie);
      }

      @Override
      public Metadata footerMetadata() {
        return decoding.footerMetadata();
      }

      @Override
      public Batch next() throws IOException {
        return decoding.next();
      }

      @Override
      public void close() throws IOException {
        decoding.close();
      }
    };
  }
}
