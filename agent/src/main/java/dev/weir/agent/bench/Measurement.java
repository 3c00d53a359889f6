package dev.weir.agent.bench;

/// What one agent needed for one job.
///
/// @param seconds from its start to the last line delivered
/// @param usage when the last line had been delivered
/// @param delivered lines that reached the sink, each counted once
/// @param repeated lines that reached it again
/// @param lost lines that never did
record Measurement(
    String name, double seconds, ProcessUsage usage, long delivered, long repeated, long lost) {
  static String header() {
    return "%-22s %8s %8s %9s %9s %11s %9s %7s"
        .formatted(
            "agent", "wall s", "CPU s", "peak MB", "anon MB", "delivered", "repeated", "lost");
  }

  String row() {
    return "%-22s %8.2f %8.2f %9.0f %9.0f %,11d %,9d %,7d"
        .formatted(
            name,
            seconds,
            usage.cpuSeconds(),
            usage.peakRssMegabytes(),
            usage.anonymousMegabytes(),
            delivered,
            repeated,
            lost);
  }
}
