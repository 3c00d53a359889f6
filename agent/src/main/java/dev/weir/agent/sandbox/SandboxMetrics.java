package dev.weir.agent.sandbox;

/// The sandbox's own metrics, as Prometheus reads them.
final class SandboxMetrics {
  private final Store store;
  private final Pushes pushes;
  private final Counters counters;
  private final long maxBytes;

  SandboxMetrics(Store store, Pushes pushes, Counters counters, long maxBytes) {
    this.store = store;
    this.pushes = pushes;
    this.counters = counters;
    this.maxBytes = maxBytes;
  }

  Totals totals() {
    Store.Counts counts = store.counts();
    return new Totals(
        counters.pushes.sum(),
        counters.bodyBytes.sum(),
        counters.decodedBytes.sum(),
        counters.entries.sum(),
        counters.lineBytes.sum(),
        counts.stored(),
        counts.duplicates(),
        pushes.rejected(),
        counts.evicted(),
        counts.heldEntries(),
        counts.heldBytes());
  }

  String text() {
    Totals totals = totals();
    var out = new StringBuilder();
    counter(out, "pushes", "Push requests received.", totals.pushes());
    counter(out, "push_body_bytes", "Bytes of push bodies, as sent.", totals.bodyBytes());
    counter(out, "push_decoded_bytes", "Bytes of push bodies, decoded.", totals.decodedBytes());
    counter(out, "entries_received", "Entries in pushes.", totals.entries());
    counter(out, "line_bytes_received", "Bytes of text in pushes.", totals.lineBytes());
    counter(out, "entries_stored", "Entries that were new.", totals.stored());
    counter(out, "entries_duplicate", "Entries that were there already.", totals.duplicates());
    counter(out, "entries_rejected", "Entries that a limit refused.", totals.rejected());
    counter(out, "entries_evicted", "Entries dropped to free memory.", totals.evicted());
    counter(out, "queries", "Queries received.", counters.queries.sum());
    gauge(out, "held_entries", "Entries held now.", totals.heldEntries());
    gauge(out, "held_streams", "Streams held now.", store.counts().streams());
    gauge(out, "held_bytes", "Memory that entries take now.", totals.heldBytes());
    gauge(out, "max_bytes", "Memory that entries may take.", maxBytes);
    return out.toString();
  }

  private static void counter(StringBuilder out, String name, String help, long value) {
    line(out, name + "_total", "counter", help, value);
  }

  private static void gauge(StringBuilder out, String name, String help, long value) {
    line(out, name, "gauge", help, value);
  }

  private static void line(StringBuilder out, String name, String type, String help, long value) {
    String full = "weir_sandbox_" + name;
    out.append(
        "# HELP %s %s\n# TYPE %s %s\n%s %d\n".formatted(full, help, full, type, full, value));
  }
}
