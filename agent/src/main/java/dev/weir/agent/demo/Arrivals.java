package dev.weir.agent.demo;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.StoredEntry;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Prints entries as they arrive in a sandbox, as many as a person can follow.
final class Arrivals {
  /// Lines at a time, four times a second; the rest is counted.
  private static final int SHOWN = 12;

  private static final String[] COLOURS = {
    "\u001b[36m", "\u001b[33m", "\u001b[32m", "\u001b[35m", "\u001b[34m"
  };
  private static final String RESET = "\u001b[0m";

  private final Sandbox sandbox;
  private final PrintWriter out;
  private final boolean colour;
  private final Map<String, Long> counts = new TreeMap<>();
  private long seen = -1;

  Arrivals(Sandbox sandbox, PrintWriter out, boolean colour) {
    this.sandbox = sandbox;
    this.out = out;
    this.colour = colour;
  }

  /// Prints what has arrived since the last call.
  void print() {
    List<StoredEntry> fresh = sandbox.arrivedAfter(seen);
    if (fresh.isEmpty()) {
      return;
    }
    for (StoredEntry entry : fresh) {
      counts.merge(source(entry.labels()), 1L, Long::sum);
      seen = Math.max(seen, entry.arrival());
    }
    fresh.subList(0, Math.min(SHOWN, fresh.size())).forEach(this::printEntry);
    if (fresh.size() > SHOWN) {
      out.printf("... and %,d more%n", fresh.size() - SHOWN);
    }
    out.flush();
  }

  private void printEntry(StoredEntry entry) {
    String source = source(entry.labels());
    String name = String.format("%-24s", source);
    if (colour) {
      name = COLOURS[Math.floorMod(source.hashCode(), COLOURS.length)] + name + RESET;
    }
    out.println(name + " " + entry.line());
  }

  /// Prints how much came from where.
  void summarize() {
    out.println();
    if (counts.isEmpty()) {
      out.println("Nothing has arrived: is any container running, and does it write?");
    } else {
      out.println("Arrived in Loki:");
      counts.forEach((source, count) -> out.printf("%,10d  %s%n", count, source));
    }
    out.flush();
  }

  private static String source(Labels labels) {
    for (String name : List.of("container", "container_name", "filename", "job")) {
      @Nullable String value = labels.get(name);
      if (value != null) {
        return value.substring(value.lastIndexOf('/') + 1);
      }
    }
    return labels.toString();
  }
}
