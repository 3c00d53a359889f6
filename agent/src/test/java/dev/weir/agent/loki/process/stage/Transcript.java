package dev.weir.agent.loki.process.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.RawText;
import io.micrometer.core.instrument.Counter;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Runs the input of a conformance case through stages and writes down what comes out; the README
/// beside the cases tells the format of both.
final class Transcript {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningStages stages;
  private final boolean withExtracted;
  private final StringBuilder text = new StringBuilder();
  private int written;

  private Transcript(RunningStages stages, boolean withExtracted) {
    this.stages = stages;
    this.withExtracted = withExtracted;
  }

  /// @param withExtracted whether to write down what was extracted
  static String of(RunningStages stages, String input, boolean withExtracted) {
    var transcript = new Transcript(stages, withExtracted);
    transcript.run(input);
    return transcript.text.toString();
  }

  private void run(String input) {
    List<String> entry = new ArrayList<>();
    for (String line : input.split("\n", -1)) {
      if (!line.startsWith("  ")) {
        send(entry);
        entry.clear();
      }
      if (line.startsWith("! ")) {
        command(line);
      } else if (!line.isEmpty()) {
        entry.add(line);
      }
    }
    send(entry);
    stages.finish();
    if (stages.seen().size() > written) {
      text.append("! finish\n");
      write();
    }
    stages
        .dropped()
        .forEach((reason, count) ->
            text.append("! dropped ").append(reason).append(' ').append(count).append('\n'));
    counters();
    userMetrics();
  }

  private void command(String line) {
    if (!line.startsWith("! wait ")) {
      throw new IllegalArgumentException("unknown command: " + line);
    }
    text.append(line).append('\n');
    stages.later(Duration.parse("PT" + line.substring("! wait ".length())));
    write();
  }

  private void send(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    byte[] line = unescaped(lines.getFirst().substring(lines.getFirst().equals("-") ? 1 : 2));
    stages.send(
        "",
        entry -> {
          entry.line(line, 0, line.length);
          entry.timestamp(nanos(RunningStages.NOW));
          lines.subList(1, lines.size()).forEach(field -> set(entry, field.strip()));
        });
    write();
  }

  private static void set(Entry entry, String field) {
    int colon = field.indexOf(": ");
    String value = field.substring(colon + 2);
    switch (field.substring(0, colon)) {
      case "labels" -> entry.labels(Labels.of(map(value)));
      case "origin" -> entry.origin(map(value));
      case "metadata" -> map(value).forEach((k, v) -> entry.metadata(entry.metadata().with(k, v)));
      case "time" -> entry.timestamp(nanos(Instant.parse(value)));
      default -> throw new IllegalArgumentException("unknown field: " + field);
    }
  }

  private static Map<String, String> map(String json) {
    try {
      Map<String, String> map = new LinkedHashMap<>();
      JSON.readTree(json).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
      return map;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static long nanos(Instant instant) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, instant);
  }

  private void write() {
    for (; written < stages.seen().size(); written++) {
      var entry = stages.seen().get(written);
      String line = escaped(stages.rawLines().get(written));
      text.append(line.isEmpty() ? "-" : "- ").append(line).append('\n');
      field("labels", entry.labels());
      if (entry.timestamp() != nanos(RunningStages.NOW)) {
        text.append("  time: ").append(time(entry.timestamp())).append('\n');
      }
      field("metadata", map(entry.metadata()));
      if (withExtracted) {
        field("extracted", stages.allExtracted().get(written));
      }
    }
  }

  private static Instant time(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  private static Map<String, String> map(Metadata metadata) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < metadata.size(); i++) {
      map.put(metadata.name(i), metadata.value(i));
    }
    return map;
  }

  private void field(String name, Map<String, ? extends @Nullable Object> values) {
    if (values.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> shown = new TreeMap<>();
    values.forEach((key, value) -> shown.put(key, value instanceof String s ? show(s) : value));
    try {
      Map<String, ? extends @Nullable Object> ordered = name.equals("metadata") ? values : shown;
      text.append("  ").append(name).append(": ").append(JSON.writeValueAsString(ordered));
      text.append('\n');
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String show(String value) {
    return RawText.isValid(value) ? value : escaped(RawText.encode(value));
  }

  private void counters() {
    Map<String, Double> counts = new TreeMap<>();
    stages
        .registry()
        .getMeters()
        .forEach(meter -> {
          if (meter instanceof Counter counter && counter.count() != 0) {
            var labels = new StringBuilder();
            meter.getId().getTags().stream()
                .filter(tag -> !tag.getKey().startsWith("component_"))
                .forEach(tag ->
                    labels
                        .append(labels.isEmpty() ? "" : ",")
                        .append(tag.getKey())
                        .append("=\"")
                        .append(tag.getValue())
                        .append('"'));
            counts.put(
                meter.getId().getName() + (labels.isEmpty() ? "" : "{" + labels + "}"),
                counter.count());
          }
        });
    counts.forEach((name, count) ->
        text.append("! metric ").append(name).append(' ').append(count.longValue()).append('\n'));
  }

  private void userMetrics() {
    String meters = stages.registry().scrape();
    stages
        .registry()
        .text(null)
        .substring(meters.length())
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll("component_id=\"[^\"]*\",component_path=\"[^\"]*\",?", ""))
        .map(line -> line.replace("{}", ""))
        .sorted()
        .forEach(line -> text.append("! metric ").append(line).append('\n'));
  }

  private static byte[] unescaped(String text) {
    byte[] raw = RawText.encode(text);
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '\\') {
        out.write(raw[i]);
        continue;
      }
      switch (raw[++i]) {
        case 'n' -> out.write('\n');
        case 'r' -> out.write('\r');
        case 't' -> out.write('\t');
        case '\\' -> out.write('\\');
        case 'x' -> {
          out.write(HexFormat.fromHexDigits(text(raw, i + 1)));
          i += 2;
        }
        default -> throw new IllegalArgumentException("unknown escape in " + text);
      }
    }
    return out.toByteArray();
  }

  private static String text(byte[] raw, int at) {
    return "" + (char) raw[at] + (char) raw[at + 1];
  }

  /// What cannot be read in a text file is escaped; characters that are UTF-8 stay.
  static String escaped(byte[] line) {
    var out = new StringBuilder();
    for (char c : RawText.decode(line, 0, line.length).toCharArray()) {
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c < ' ' || c == 0x7f || (c >= 0xdc80 && c <= 0xdcff && stray(c))) {
            out.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static boolean stray(char c) {
    return Character.isLowSurrogate(c);
  }
}
