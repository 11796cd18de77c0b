package io.nanoarrow.cli;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how a stream or file lies on the wire. */
@Command(
    name = "inspect",
    description = {
      "Shows how each file lies on the wire: messages, buffers, padding, footer.",
      "Sizes are in bytes, of compressed buffers also what they become. Where the footer and the",
      "messages disagree is a problem. Damaged files are shown as far as they go."
    })
final class InspectCommand extends FileCommand {
  @Mixin private EngineOption engine = new EngineOption();

  @Option(names = "--json", description = "Writes one JSON object a file.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "OUT",
      description = "Draws the layout to scale into one page, for a browser.")
  private Path html;

  @Override
  void prepare() {
    if (html != null && (severalFiles() || json)) {
      throw usage("--html is for one FILE and goes without --json");
    }
    if (html != null && Files.exists(html)) {
      throw usage(html + " is there already");
    }
  }

  @Override
  int handle(String name, Path path) throws IOException {
    WireReport report = inspect(path);
    if (html != null) {
      Files.writeString(html, WirePage.of(name, report), StandardOpenOption.CREATE_NEW);
    } else if (json) {
      terminal().println(Json.text(out -> WireJson.write(out, name, report)));
    } else {
      WireText.print(name, report, terminal());
    }
    return report.problems().isEmpty() ? ExitCode.FINE : ExitCode.BAD;
  }

  private WireReport inspect(Path path) throws IOException {
    try {
      return ArrowIpc.inspect(path, ReadOptions.builder().engine(engine.id()).build());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new WrongUse(e.getMessage());
    }
  }
}
