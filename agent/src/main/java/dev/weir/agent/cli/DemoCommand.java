package dev.weir.agent.cli;

import dev.weir.agent.demo.Demo;
import dev.weir.agent.demo.DemoOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir demo`: the main job, on this machine, with nothing installed.
@Command(
    name = "demo",
    description = "Collect the logs of this machine's containers into an in-memory Loki.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Uses the Docker Engine of DOCKER_HOST or the usual socket, and config/alloy/config.river.",
      "Without an Engine it collects sample container logs and says so. Ctrl-C ends it. Its state is",
      "temporary: your containers and your files are only read."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description = "End by itself after so many seconds.")
  private @Nullable Integer seconds;

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description = "Another configuration; its Loki address is replaced by the sandbox's.")
  private @Nullable Path configuration;

  @Option(
      names = "--samples",
      description = "Use the sample logs even if there is a Docker Engine.")
  private boolean samples;

  @Override
  public Integer call() throws Exception {
    var stop = new CountDownLatch(1);
    Signals.on("INT", stop::countDown);
    Signals.on("TERM", stop::countDown);
    @Nullable Duration limit = seconds == null ? null : Duration.ofSeconds(seconds);
    var options =
        new DemoOptions(configuration, samples, limit, Ansi.AUTO.enabled(), Release.VERSION);
    Demo.run(options, spec.commandLine().getOut(), stop);
    return 0;
  }
}
