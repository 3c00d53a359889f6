package dev.weir.agent.cli;

import dev.weir.agent.demo.Training;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `weir train`: does the agent's usual work once, so that the JVM can record what that takes.
@Command(
    name = "train",
    hidden = true,
    description = "Run the work that the AOT cache is recorded from.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    RootCommand.commandLine().getUsageMessage();
    Training.run();
    return 0;
  }
}
