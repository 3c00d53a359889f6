package dev.weir.agent.pipelines;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.sandbox.Limits;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import dev.weir.agent.sandbox.StoredEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One folder of `pipelines`, and the sandbox that its configuration sends to.
final class Pipeline {
  /// Entries without a time of their own have that of reading, which is later than this.
  private static final Instant LATEST = Instant.parse("2026-06-01T00:00:00Z");

  private static final Pattern OWNER =
      Pattern.compile("component_id=\"([^\"]*)\",component_path=\"[^\"]*\",?");

  private final Path folder;
  private final Sandbox sandbox;

  Pipeline(Path folder) throws IOException {
    this.folder = folder;
    this.sandbox = Sandbox.start(SandboxOptions.loopback().withLimits(Limits.LOKI.withAnyAge()));
  }

  /// What its folder and its components are called.
  String name() {
    return folder.getFileName().toString();
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /// Puts its configuration and log into a directory.
  void install(Path directory) throws IOException {
    Path log = directory.resolve(name() + ".log");
    Files.copy(folder.resolve("input.log"), log);
    String config =
        Files.readString(folder.resolve("config.river"))
            .replace("LOG_FILE", log.toString())
            .replace("LOKI_URL", sandbox.pushUrl().toString());
    Files.writeString(directory.resolve(name() + ".river"), config);
  }

  /// Lines of its log.
  long lines() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("input.log"))) {
      return lines.count();
    }
  }

  String expected() throws IOException {
    return Files.readString(folder.resolve("expected"));
  }

  /// What arrived, by tenant and stream, and what its stages made of it.
  ///
  /// @param metrics of the whole agent
  String seen(String metrics) {
    var text = new StringBuilder();
    for (String tenant : new TreeSet<>(sandbox.tenants())) {
      List<StoredEntry> entries = sandbox.entries(tenant, "{}");
      if (!entries.isEmpty() && !tenant.equals("fake")) {
        text.append("tenant ").append(tenant).append('\n');
      }
      streams(entries, text);
    }
    metrics
        .lines()
        .filter(this::isMine)
        .map(line -> shown(line))
        .sorted()
        .forEach(line -> text.append("! ").append(line).append('\n'));
    return text.toString();
  }

  private static String shown(String line) {
    return OWNER
        .matcher(line)
        .replaceFirst("")
        .replaceAll("filename=\"[^\"]*\"", "filename=\"F\"")
        .replace("{}", "");
  }

  private boolean isMine(String line) {
    return line.contains("\"loki.process." + name() + "\"")
        && !line.startsWith("alloy_")
        && !line.endsWith(" 0")
        && !line.endsWith(" 0.0");
  }

  private static void streams(List<StoredEntry> entries, StringBuilder text) {
    var streams = new TreeSet<String>();
    entries.forEach(entry -> streams.add(labels(entry)));
    for (String stream : streams) {
      text.append(stream).append('\n');
      entries.stream().filter(entry -> labels(entry).equals(stream)).forEach(e -> entry(e, text));
    }
  }

  private static String labels(StoredEntry entry) {
    Labels labels = entry.labels().without("filename");
    return labels.toString();
  }

  private static void entry(StoredEntry entry, StringBuilder text) {
    Instant time = Instant.EPOCH.plusNanos(entry.timestamp());
    text.append(time.isAfter(LATEST) ? "now" : time).append(' ');
    text.append(
        entry
            .line()
            .replace("\\", "\\\\")
            .replace("\r", "\\r")
            .replace("\n", "\\n")
            .replace("\t", "\\t"));
    text.append('\n');
    Metadata metadata = entry.metadata();
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < metadata.size(); i++) {
      pairs.add(metadata.name(i) + "=" + metadata.value(i));
    }
    if (!pairs.isEmpty()) {
      text.append("  ").append(String.join(" ", pairs)).append('\n');
    }
  }
}
