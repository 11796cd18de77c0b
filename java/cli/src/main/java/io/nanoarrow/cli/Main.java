package io.nanoarrow.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The nanoarrow command: looks into Arrow IPC streams and files, and converts them. */
@Command(
    name = "nanoarrow",
    description = "Looks into Arrow IPC streams and files, and converts them.",
    versionProvider = Version.class,
    subcommands = {
      SchemaCommand.class,
      CatCommand.class,
      StatsCommand.class,
      InspectCommand.class,
      ValidateCommand.class,
      ConvertCommand.class,
      RepairCommand.class,
      CrossCheckCommand.class,
      IntegrationCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 fine; 1 bad data or I/O (crosscheck: all engines refuse a file alike);",
      "2 wrong usage; 3 differences. Of several files the highest."
    })
public final class Main implements Runnable {
  /** Set by the launcher: how wide the screen is that data goes to. */
  private static final String SCREEN_COLUMNS = "nanoarrow.screen.columns";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows versions.")
  private boolean version;

  private final Terminal terminal;

  private Main(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns where commands write. */
  Terminal terminal() {
    return terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Runs a command. */
  public static void main(String[] args) {
    Terminal terminal =
        new Terminal(
            new FileOutputStream(FileDescriptor.out),
            System.err,
            Integer.getInteger(SCREEN_COLUMNS, 0));
    System.exit(run(terminal, args));
  }

  /** Runs a command and returns its exit code. */
  static int run(Terminal terminal, String... args) {
    CommandLine command = commandLine(terminal);
    try {
      int code = command.execute(args);
      terminal.flush();
      return code;
    } catch (Terminal.Closed e) {
      return ExitCode.FINE;
    } catch (Terminal.Broken e) {
      terminal.messageOnly(e.getMessage());
      return ExitCode.BAD;
    }
  }

  /** Returns the command with all its parts. */
  static CommandLine commandLine(Terminal terminal) {
    CommandLine command = new CommandLine(new Main(terminal));
    for (CommandLine subcommand : command.getSubcommands().values()) {
      subcommand.getCommandSpec().versionProvider(new Version());
    }
    command.setUsageHelpWidth(100);
    command.setOut(new TerminalWriter(terminal));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    command.setParameterExceptionHandler(
        (e, args) -> {
          terminal.message(e.getMessage());
          terminal.message(
              "see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return ExitCode.USAGE;
        });
    command.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          if (e instanceof Terminal.Closed) {
            return ExitCode.FINE;
          }
          if (e instanceof Terminal.Broken) {
            terminal.messageOnly(e.getMessage());
            return ExitCode.BAD;
          }
          terminal.message("internal error: " + e);
          e.printStackTrace();
          return ExitCode.BAD;
        });
    return command;
  }
}
