package dev.weir.agent.loki.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Datagrams that Linux has dropped because a socket's buffer was full.
public final class KernelDrops {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
  private static final int LOCAL_ADDRESS = 1;
  private static final int DROPS = 12;

  private KernelDrops() {}

  /// Dropped so far by sockets of that port; 0 where it cannot be known.
  public static long ofPort(int port) {
    String suffix = ":%04X".formatted(port);
    long drops = 0;
    for (Path table : TABLES) {
      try {
        for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields.length > DROPS && fields[LOCAL_ADDRESS].endsWith(suffix)) {
            drops += Long.parseLong(fields[DROPS]);
          }
        }
      } catch (IOException | NumberFormatException e) {
        // Not Linux, or hidden: nobody knows.
      }
    }
    return drops;
  }
}
