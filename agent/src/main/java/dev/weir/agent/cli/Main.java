package dev.weir.agent.cli;

import dev.weir.agent.AgentOptions;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The entry point.
///
/// Starting the agent is what every node does, so a plain `run` goes the short way around the
/// command line library, which costs a start more than everything else that happens in it.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Optional<AgentOptions> plainRun = PlainRun.parse(arguments);
    if (plainRun.isPresent()) {
      System.exit(run(plainRun.get()));
    } else if (Arrays.equals(arguments, new String[] {Train.COMMAND})) {
      System.exit(Train.run());
    } else {
      System.exit(RootCommand.commandLine().execute(arguments));
    }
  }

  private static int run(AgentOptions options) throws InterruptedException {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return new AgentRun(out, err, terminal()).run(options);
  }

  @SuppressWarnings("SystemConsoleNull") // It is null in a process without standard streams.
  private static boolean terminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
