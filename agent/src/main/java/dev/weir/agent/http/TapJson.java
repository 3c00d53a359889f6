package dev.weir.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.agent.tap.TappedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// What a tap tells, one JSON object a line: `{"timestamp","labels","metadata","line"}`,
/// `{"dropped"}`, `{"end"}`. Bytes that are not UTF-8 show as U+FFFD.
final class TapJson {
  /// Says nothing.
  static final byte[] HEARTBEAT = {'\n'};

  private static final JsonFactory FACTORY = new JsonFactory();

  private TapJson() {}

  /// The bytes to send; a heartbeat when there is nothing to tell.
  static byte[] of(List<TappedLine> lines, long dropped, Optional<String> end) {
    if (lines.isEmpty() && dropped == 0 && end.isEmpty()) {
      return HEARTBEAT;
    }
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (TappedLine line : lines) {
        line(json, line);
      }
      if (dropped > 0) {
        json.writeStartObject();
        json.writeNumberField("dropped", dropped);
        endObject(json);
      }
      if (end.isPresent()) {
        json.writeStartObject();
        json.writeStringField("end", end.get());
        endObject(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void line(JsonGenerator json, TappedLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("timestamp", Long.toString(line.timestamp()));
    json.writeObjectFieldStart("labels");
    for (int i = 0; i < line.labels().size(); i++) {
      json.writeStringField(line.labels().name(i), line.labels().value(i));
    }
    json.writeEndObject();
    if (!line.metadata().isEmpty()) {
      json.writeObjectFieldStart("metadata");
      for (int i = 0; i < line.metadata().size(); i++) {
        json.writeStringField(line.metadata().name(i), line.metadata().value(i));
      }
      json.writeEndObject();
    }
    json.writeStringField("line", line.text());
    endObject(json);
  }

  private static void endObject(JsonGenerator json) throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
