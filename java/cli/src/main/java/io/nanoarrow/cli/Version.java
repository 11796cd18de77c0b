package io.nanoarrow.cli;

import io.nanoarrow.ArrowIpc;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** What --version shows: this command, the engines found, Java. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    List<String> engines = ArrowIpc.engines();
    return new String[] {
      "nanoarrow " + (version == null ? "(not packaged)" : version),
      "engines: " + (engines.isEmpty() ? "none" : String.join(", ", engines)),
      "Java "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }
}
