package dev.weir.agent.bench;

import dev.weir.agent.sandbox.SandboxOptions.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Collects the whole log of the containers of an Engine, by file and by API, and counts what the
/// Engine itself spends on it.
public final class DockerLogs {
  private DockerLogs() {}

  /// Measures both ways of reading.
  ///
  /// @param host of an Engine whose running containers have written `lines` lines in all
  /// @param enginePid of dockerd, whose CPU time is counted too; 0 leaves it out
  public static void run(Path launcher, String host, long lines, long enginePid, PrintWriter out)
      throws IOException, InterruptedException {
    out.printf("docker: %,d lines of the running containers of %s%n", lines, host);
    out.println(Measurement.header() + "   dockerd CPU s");
    for (String readFrom : List.of("files", "api")) {
      try (Arena arena = Arena.open(Mode.COUNT_ENTRIES)) {
        out.println(measure(arena, launcher, host, readFrom, lines, enginePid));
      }
    }
    out.flush();
  }

  private static String measure(
      Arena arena, Path launcher, String host, String readFrom, long lines, long enginePid)
      throws IOException, InterruptedException {
    Path configuration = arena.directory().resolve("bench.river");
    String push = arena.sink().pushUrl().toString();
    Files.writeString(configuration, OwnConfiguration.docker(host, readFrom, push));
    Path output = arena.directory().resolve("output");
    double engineBefore = engineSeconds(enginePid);
    long begin = System.nanoTime();
    Process process =
        OwnAgent.peer(launcher, configuration)
            .start(
                arena.environment(arena.directory(), arena.directory().resolve("state")), output);
    try {
      Arena.awaitCount(() -> arena.sink().totals().entries(), lines);
      double seconds = (System.nanoTime() - begin) / 1e9;
      ProcessUsage usage = OwnAgent.usage(process, output);
      long delivered = arena.sink().totals().entries();
      var measurement =
          new Measurement(
              "weir, read_from=" + readFrom,
              seconds,
              usage,
              Math.min(lines, delivered),
              Math.max(0, delivered - lines),
              Math.max(0, lines - delivered));
      return measurement.row() + "   %13.2f".formatted(engineSeconds(enginePid) - engineBefore);
    } finally {
      Arena.end(process);
    }
  }

  private static double engineSeconds(long pid) throws IOException {
    return pid == 0 ? 0 : ProcessUsage.cpuSeconds(pid);
  }
}
