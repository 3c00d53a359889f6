package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// How many logs may be open at once, so that whatever else the process opens, such as connections
/// and positions, has its descriptors too. Thread-safe.
final class Descriptors {
  /// Those of this process.
  static final Descriptors PROCESS = new Descriptors(forLogs(limit() - used()));

  /// So many are left to others, or half where there are fewer than twice as many.
  private static final int RESERVE = 256;

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  Descriptors(int most) {
    this.most = most;
  }

  /// How many of those that are free are for logs.
  static int forLogs(int free) {
    return free - Math.min(free / 2, RESERVE);
  }

  /// How many the process has already: jars above all.
  private static int used() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /// The most that this process may have, as far as that is known.
  private static int limit() {
    try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
      return limits
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> Integer.parseInt(line.split(" +", -1)[3]))
          .findFirst()
          .orElse(Integer.MAX_VALUE);
    } catch (IOException | NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  /// Takes one.
  ///
  /// @throws IOException when none is left
  void take() throws IOException {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      throw new IOException("no file descriptor is left for logs, " + most + " are in use");
    }
  }

  /// Gives one back.
  void give() {
    taken.decrementAndGet();
  }
}
