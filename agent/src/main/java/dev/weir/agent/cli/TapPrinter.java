package dev.weir.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.agent.go.GoQuote;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

/// Prints what an agent's tap tells: lines to standard output, everything else to standard error.
final class TapPrinter {
  private static final long NANOS = 1_000_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnnX").withZone(ZoneOffset.UTC);

  private final TapOutput output;
  private final PrintWriter out;
  private final PrintWriter err;

  TapPrinter(TapOutput output, PrintWriter out, PrintWriter err) {
    this.output = output;
    this.out = out;
    this.err = err;
  }

  /// Prints one object; false when it was the last one.
  boolean print(JsonNode event) {
    if (event.has("dropped")) {
      tell(event.get("dropped").asLong() + " lines left out: they came faster than they were read");
    } else if (event.has("end")) {
      tell("end: " + event.get("end").asText());
      return false;
    } else {
      out.println(text(event));
    }
    return true;
  }

  /// Shows what was printed; false when nobody reads it any more.
  boolean flush() {
    return !out.checkError();
  }

  private void tell(String message) {
    out.flush();
    err.println("weir tap: " + message);
    err.flush();
  }

  private String text(JsonNode event) {
    return switch (output) {
      case JSON -> event.toString();
      case RAW -> event.path("line").asText();
      case TEXT ->
          time(event.path("timestamp").asLong())
              + " "
              + labels(event)
              + " "
              + visible(event.path("line").asText());
    };
  }

  private static String time(long nanoseconds) {
    return TIME.format(
        Instant.ofEpochSecond(
            Math.floorDiv(nanoseconds, NANOS), Math.floorMod(nanoseconds, NANOS)));
  }

  /// `{app="shop"}`, with structured metadata `{app="shop"; trace_id="1"}`.
  private static String labels(JsonNode event) {
    String metadata = pairs(event.path("metadata"));
    return "{" + pairs(event.path("labels")) + (metadata.isEmpty() ? "" : "; " + metadata) + "}";
  }

  private static String pairs(JsonNode object) {
    return object.properties().stream()
        .map(pair -> {
          var text = new StringBuilder(pair.getKey()).append('=');
          GoQuote.append(text, pair.getValue().asText());
          return text;
        })
        .collect(Collectors.joining(", "));
  }

  /// Control characters must not reach a terminal: lines are written by anybody.
  private static String visible(String line) {
    var text = new StringBuilder(line.length());
    line.chars()
        .forEach(c -> {
          if (Character.isISOControl(c) && c != '\t') {
            text.append("\\x").append(Integer.toHexString(0x100 | c), 1, 3);
          } else {
            text.append((char) c);
          }
        });
    return text.toString();
  }
}
