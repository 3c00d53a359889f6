package dev.weir.agent.loki.source.gelf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.agent.loki.Labels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// A message, decompressed and read.
///
/// @param line its JSON on one line
/// @param labels for rules: `__gelf_message_level` and others
/// @param timestamp nanoseconds since 1970 UTC; 0 without one
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record GelfMessage(byte[] line, Labels labels, long timestamp) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BYTES = 2 << 20;
  private static final List<String> LEVELS =
      List.of(
          "emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug");

  /// Reads a message: plain, in gzip, or in zlib.
  ///
  /// @throws IOException when it is damaged, too large, or no message
  static GelfMessage read(byte[] bytes) throws IOException {
    byte[] plain = decompressed(bytes);
    JsonNode message;
    try {
      message = JSON.readTree(plain);
    } catch (JsonProcessingException e) {
      // Its message would quote the text.
      throw new IOException("message is not JSON");
    }
    if (!message.isObject()) {
      throw new IOException("message is not an object");
    }
    Labels labels =
        Labels.of(
            "__gelf_message_level", level(message.path("level").asInt()),
            "__gelf_message_host", message.path("host").asText(),
            "__gelf_message_version", message.path("version").asText(),
            "__gelf_message_facility", message.path("facility").asText());
    double seconds = message.path("timestamp").asDouble();
    return new GelfMessage(oneLine(plain, message), labels, nanos(seconds));
  }

  /// A number of seconds as large as today's is exact to a microsecond at best.
  private static long nanos(double seconds) {
    double whole = Math.floor(seconds);
    return ((long) whole) * 1_000_000_000L + Math.round((seconds - whole) * 1e6) * 1000;
  }

  private static String level(int level) {
    return level >= 0 && level < LEVELS.size() ? LEVELS.get(level) : "";
  }

  private static byte[] oneLine(byte[] plain, JsonNode message) throws IOException {
    for (byte c : plain) {
      if (c == '\n' || c == '\r' || c == 0) {
        return JSON.writeValueAsBytes(message);
      }
    }
    return plain;
  }

  private static byte[] decompressed(byte[] bytes) throws IOException {
    if (bytes.length < 2) {
      throw new IOException("message is too short");
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    var in = new ByteArrayInputStream(bytes);
    if (first == 0x1f && second == 0x8b) {
      return limited(new GZIPInputStream(in));
    }
    boolean zlib = (first & 0x0f) == 8 && (first << 8 | second) % 31 == 0;
    return zlib ? limited(new InflaterInputStream(in)) : bytes;
  }

  private static byte[] limited(InputStream in) throws IOException {
    try (in) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("message is larger than 2 MiB");
      }
      return bytes;
    }
  }
}
