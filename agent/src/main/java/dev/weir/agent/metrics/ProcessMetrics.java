package dev.weir.agent.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the operating system says of this process, under the names that Prometheus clients share
/// and under Alloy's. Where there is no `/proc` the sizes are NaN.
final class ProcessMetrics implements MeterBinder {
  private static final Path SELF = Path.of("/proc/self");
  private static final int KIB = 1024;

  private final ProcessHandle process = ProcessHandle.current();

  @Override
  public void bindTo(MeterRegistry registry) {
    for (String prefix : new String[] {"process_", "alloy_resources_process_"}) {
      FunctionCounter.builder(prefix + "cpu_seconds_total", process, ProcessMetrics::cpuSeconds)
          .description("Total user and system CPU time spent in seconds.")
          .register(registry);
      gauge(registry, prefix + "start_time_seconds", "Start time since epoch.", this::startTime);
      gauge(
          registry,
          prefix + "resident_memory_bytes",
          "Resident memory size in bytes.",
          () -> statusBytes("VmRSS:"));
      gauge(
          registry,
          prefix + "virtual_memory_bytes",
          "Virtual memory size in bytes.",
          () -> statusBytes("VmSize:"));
    }
    gauge(registry, "process_open_fds", "Open file descriptors.", ProcessMetrics::openFiles);
    gauge(registry, "process_max_fds", "Most file descriptors.", ProcessMetrics::maxOpenFiles);
  }

  private static void gauge(
      MeterRegistry registry, String name, String help, Supplier<Number> value) {
    Gauge.builder(name, value).description(help).register(registry);
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .map(time -> time.toNanos() / (double) TimeUnit.SECONDS.toNanos(1))
        .orElse(Double.NaN);
  }

  private double startTime() {
    return process
        .info()
        .startInstant()
        .map(Instant::toEpochMilli)
        .map(millis -> millis / 1000.0)
        .orElse(Double.NaN);
  }

  /// A line of the process's status, which counts in KiB.
  private static double statusBytes(String key) {
    return number("status", key, 1) * KIB;
  }

  private static double maxOpenFiles() {
    return number("limits", "Max open files", 3);
  }

  private static double number(String file, String key, int column) {
    try (Stream<String> lines = Files.lines(SELF.resolve(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToDouble(line -> Double.parseDouble(line.split("\\s+", -1)[column]))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException | NumberFormatException unknown) {
      return Double.NaN;
    }
  }

  private static double openFiles() {
    try (Stream<Path> open = Files.list(SELF.resolve("fd"))) {
      return open.count();
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }
}
