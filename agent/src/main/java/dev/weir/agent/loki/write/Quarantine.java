package dev.weir.agent.loki.write;

import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.loki.RawText;
import dev.weir.agent.metrics.ComponentMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// The file in which entries are kept that a Loki has refused for good, as lines of JSON. Only its
/// owner can read it. When it is full it becomes the older one of two.
///
/// Thread-safe. Failing to write it holds up nobody: it is counted and told.
final class Quarantine {
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final String FILE = "quarantine.jsonl";
  private static final String OLDER = "quarantine.jsonl.1";

  private final Path file;
  private final Path older;
  private final InstantSource clock;
  private final RateLimitedLog failures;
  private final ComponentMetrics metrics;
  private volatile long maxBytes;

  /// Why entries are refused.
  ///
  /// @param sure whether it is these, or some of them
  record Cause(
      String host, String tenant, int status, DropReason reason, String error, boolean sure) {}

  /// @param maxBytes of both files together; 0 to keep nothing
  Quarantine(
      Path directory, long maxBytes, ComponentMetrics metrics, InstantSource clock, Logger log) {
    this.file = directory.resolve(FILE);
    this.older = directory.resolve(OLDER);
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.failures = new RateLimitedLog(log, LOG_INTERVAL);
    this.metrics = metrics;
  }

  void limit(long bytes) {
    maxBytes = bytes;
  }

  boolean isOpen() {
    return maxBytes > 0;
  }

  /// Keeps entries.
  synchronized void keep(List<PushContent.Item> items, Cause cause) {
    try {
      for (PushContent.Item item : items) {
        write(line(item, cause));
        metrics
            .counter(
                "loki_write_quarantined_entries_total", "Refused entries that were kept in a file.")
            .increment();
      }
    } catch (IOException e) {
      metrics
          .counter("loki_write_quarantine_failures_total", "Failures to keep refused entries.")
          .increment();
      failures.at(Level.WARN).addKeyValue("error", e).log("cannot keep entries that were refused");
    }
  }

  private void write(byte[] line) throws IOException {
    long half = maxBytes / 2;
    if (line.length > half) {
      throw new IOException("an entry is larger than the quarantine may be");
    }
    if (!Files.exists(file)) {
      create();
    } else if (Files.size(file) + line.length > half) {
      Files.move(file, older, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      create();
    }
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(line);
    }
  }

  private void create() throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private byte[] line(PushContent.Item item, Cause cause) {
    var json = new StringBuilder("{");
    field(json, "time", clock.instant().toString());
    field(json, "host", cause.host());
    field(json, "tenant", cause.tenant());
    field(json, "reason", cause.reason().text());
    field(json, "error", cause.error());
    field(json, "labels", item.labels());
    field(json, "timestamp", Long.toString(item.timestamp()));
    byte[] text = item.line();
    String decoded = RawText.decode(text, 0, text.length);
    if (RawText.isValid(decoded)) {
      field(json, "line", decoded);
    } else {
      field(json, "line_base64", Base64.getEncoder().encodeToString(text));
    }
    json.append("\"status\":").append(cause.status());
    json.append(",\"sure\":").append(cause.sure()).append("}\n");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void field(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || (Character.isSurrogate(c) && !isPaired(value, i))) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append("\",");
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
