package io.nanoarrow.crosscheck;

/** The engine "pure". */
public final class PureParticipant extends EngineParticipant {
  /** For ServiceLoader. */
  public PureParticipant() {
    super("pure");
  }
}
