package io.nanoarrow.crosscheck;

/** The engine "native". */
public final class NativeParticipant extends EngineParticipant {
  /** For ServiceLoader. */
  public NativeParticipant() {
    super("native");
  }
}
