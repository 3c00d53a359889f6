package dev.weir.agent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a process has used so far, as `/proc` tells.
///
/// @param cpuSeconds user and system time
/// @param rssMegabytes resident memory now
/// @param peakRssMegabytes the most resident memory it ever had
/// @param anonymousMegabytes the part of resident memory that no file backs
record ProcessUsage(
    double cpuSeconds, double rssMegabytes, double peakRssMegabytes, double anonymousMegabytes) {
  /// What Linux counts CPU time in, on every platform that it runs this agent on.
  private static final double TICKS_PER_SECOND = 100;

  private static final double KILOBYTES_PER_MEGABYTE = 1024;

  /// The figures of a living process.
  ///
  /// @throws IOException when there is none of that id
  static ProcessUsage of(long pid) throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
    return new ProcessUsage(
        cpuSeconds(pid), field(status, "VmRSS"), field(status, "VmHWM"), field(status, "RssAnon"));
  }

  /// CPU seconds alone.
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name in parentheses may hold anything; what follows it does not.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static double field(List<String> status, String name) {
    return status.stream()
            .filter(line -> line.startsWith(name + ":"))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToDouble(Double::parseDouble)
            .findFirst()
            .orElse(0)
        / KILOBYTES_PER_MEGABYTE;
  }
}
