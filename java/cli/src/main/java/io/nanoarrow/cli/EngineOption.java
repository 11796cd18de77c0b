package io.nanoarrow.cli;

import picocli.CommandLine.Option;

/** The choice of the engine. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "native|pure",
      description = "The engine to use; without it native, else pure.")
  private String engine;

  /** Returns the id asked for, or null. */
  String id() {
    return engine;
  }
}
