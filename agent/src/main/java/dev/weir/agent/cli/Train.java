package dev.weir.agent.cli;

import dev.weir.agent.demo.Training;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// `weir train`: does the agent's usual work once, so that the JVM can record what that takes.
///
/// It goes the way of a plain `run`, from the command line to the signal, and leaves the command
/// line library out: what is recorded here is loaded at every start of an agent.
final class Train implements Training.Trainee {
  static final String COMMAND = "train";

  static int run() throws Exception {
    Training.run(new Train());
    return 0;
  }

  @Override
  public void run(String... commandLine) throws InterruptedException {
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = new AgentRun(err, err, false).run(PlainRun.parse(commandLine).orElseThrow());
    if (code != 0) {
      throw new IllegalStateException("the agent could not be started");
    }
  }

  @Override
  public void stop() {
    Signals.raise("TERM");
  }
}
