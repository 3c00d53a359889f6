package dev.weir.agent.cli;

import dev.weir.agent.bench.DockerLogs;
import dev.weir.agent.bench.Live;
import dev.weir.agent.bench.Replay;
import dev.weir.agent.bench.StageSpeed;
import dev.weir.agent.bench.StartUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir bench`: measures this agent, and others beside it, on this machine.
@Command(
    name = "bench",
    description = "Measure CPU seconds, memory and lines delivered; prints tables.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Peers are other agents as shell commands; they find WEIR_BENCH_LOGS (a glob of Docker json-file",
      "logs), WEIR_BENCH_PUSH_URL, WEIR_BENCH_STATE and WEIR_BENCH_PORT in their environment.",
      "",
      "Examples:",
      "  weir bench replay",
      "  weir bench replay --lines=2500000 --peer 'promtail=./run-promtail.sh'",
      "  weir bench stages --seconds=0.2",
      "  weir bench kill --rate=15000 --seconds=20 --kills=4"
    })
final class BenchCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "replay",
      description = "Read complete container log files into a counting sink.",
      mixinStandardHelpOptions = true)
  int replay(
      @Option(names = "--lines", defaultValue = "2500000", description = "Lines in all.")
          long lines,
      @Option(names = "--files", defaultValue = "10", description = "Files they lie in.") int files,
      @Option(names = "--peer", paramLabel = "NAME=COMMAND", description = "Another agent.")
          @Nullable List<String> peers)
      throws IOException, InterruptedException {
    Replay.run(launcher(), orNone(peers), files, lines, Clock.systemUTC().instant(), out());
    return 0;
  }

  @Command(
      name = "live",
      description = "Follow files that are written at a steady rate.",
      mixinStandardHelpOptions = true)
  int live(
      @Option(names = "--rate", defaultValue = "10000", description = "Lines a second.") int rate,
      @Option(names = "--seconds", defaultValue = "30", description = "How long.") int seconds,
      @Option(names = "--files", defaultValue = "10", description = "Files.") int files,
      @Option(names = "--peer", paramLabel = "NAME=COMMAND", description = "Another agent.")
          @Nullable List<String> peers)
      throws IOException, InterruptedException {
    new Live(launcher(), Clock.systemUTC(), out()).run(orNone(peers), files, rate, seconds, 0);
    return 0;
  }

  @Command(
      name = "kill",
      description = "Kill the agent while it follows files; count lost and repeated lines.",
      mixinStandardHelpOptions = true)
  int kill(
      @Option(names = "--rate", defaultValue = "15000", description = "Lines a second.") int rate,
      @Option(names = "--seconds", defaultValue = "20", description = "How long.") int seconds,
      @Option(names = "--kills", defaultValue = "4", description = "How often.") int kills,
      @Option(names = "--files", defaultValue = "1", description = "Files.") int files,
      @Option(names = "--peer", paramLabel = "NAME=COMMAND", description = "Another agent.")
          @Nullable List<String> peers)
      throws IOException, InterruptedException {
    new Live(launcher(), Clock.systemUTC(), out()).run(orNone(peers), files, rate, seconds, kills);
    return 0;
  }

  @Command(
      name = "start",
      description = "Time from start to ready, and memory while idle.",
      mixinStandardHelpOptions = true)
  int start(
      @Option(
              names = "--docker-host",
              defaultValue = "unix:///var/run/docker.sock",
              description = "The Engine to watch.")
          String host)
      throws IOException, InterruptedException {
    StartUp.run(launcher(), host, out());
    return 0;
  }

  @Command(
      name = "docker",
      description = "Collect the logs of an Engine's running containers, by file and by API.",
      mixinStandardHelpOptions = true)
  int docker(
      @Option(
              names = "--docker-host",
              defaultValue = "unix:///var/run/docker.sock",
              description = "The Engine.")
          String host,
      @Option(names = "--lines", required = true, description = "Lines its containers wrote.")
          long lines,
      @Option(names = "--dockerd-pid", defaultValue = "0", description = "Count its CPU time too.")
          long pid)
      throws IOException, InterruptedException {
    DockerLogs.run(launcher(), host, lines, pid, out());
    return 0;
  }

  @Command(
      name = "stages",
      description = "Lines a second and bytes allocated per line of each stage of loki.process.",
      mixinStandardHelpOptions = true)
  int stages(
      @Option(
              names = "--seconds",
              defaultValue = "1",
              description = "CPU time for each, after as much again to warm up.")
          double seconds,
      @Option(names = "--geoip-db", description = "A database for stage.geoip.")
          @Nullable String database)
      throws InterruptedException {
    StageSpeed.run(seconds, database, out());
    return 0;
  }

  private static List<String> orNone(@Nullable List<String> peers) {
    return peers == null ? new ArrayList<>() : peers;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// `bin/weir` of the distribution that this command itself runs from.
  private static Path launcher() {
    @Nullable String home = System.getProperty("weir.home");
    Path launcher = home == null ? Path.of("") : Path.of(home, "bin", "weir");
    if (!Files.isExecutable(launcher)) {
      throw new IllegalStateException("bench must be started with bin/weir or ./weir");
    }
    return launcher;
  }
}
