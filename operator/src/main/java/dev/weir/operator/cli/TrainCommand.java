package dev.weir.operator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `weir-operator train`: does an operator's usual work once, so that the JVM can record what a
/// start takes.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    Training.run();
    return 0;
  }
}
