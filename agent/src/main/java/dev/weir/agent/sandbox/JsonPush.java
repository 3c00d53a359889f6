package dev.weir.agent.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.agent.go.GoQuote;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// Reads the JSON forms of a push: today's, and that of the first Lokis (`labels` and `entries`).
final class JsonPush {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonPush() {}

  /// The streams of a push.
  ///
  /// @throws BadRequest if the text is no push, or labels are no label set
  static List<PushedStream> decode(byte[] body) throws BadRequest {
    if (body.length == 0) {
      throw new BadRequest("EOF");
    }
    JsonNode push;
    try {
      push = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new BadRequest("couldn't parse JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadRequest("couldn't parse JSON: " + e.getMessage());
    }
    List<PushedStream> streams = new ArrayList<>();
    for (JsonNode stream : push.path("streams")) {
      streams.add(stream.has("labels") ? firstForm(stream) : stream(stream));
    }
    return streams;
  }

  private static PushedStream stream(JsonNode stream) throws BadRequest {
    List<PushedEntry> entries = new ArrayList<>();
    for (JsonNode value : stream.path("values")) {
      if (!value.isArray() || value.size() < 2) {
        throw new BadRequest("couldn't parse JSON: a value is a timestamp, a line and metadata");
      }
      entries.add(entry(timestamp(value.get(0)), value.get(1), value.path(2)));
    }
    return new PushedStream(labels(stream.path("stream")), entries);
  }

  private static PushedStream firstForm(JsonNode stream) throws BadRequest {
    List<PushedEntry> entries = new ArrayList<>();
    for (JsonNode entry : stream.path("entries")) {
      entries.add(entry(time(entry.path("ts").asText()), entry.path("line"), entry.path("none")));
    }
    return new PushedStream(LabelsText.parse(stream.path("labels").asText()), entries);
  }

  private static PushedEntry entry(long timestamp, JsonNode line, JsonNode metadata)
      throws BadRequest {
    if (!line.isTextual()) {
      throw new BadRequest("couldn't parse JSON: a line is a string, not " + line.getNodeType());
    }
    byte[] text = line.textValue().getBytes(StandardCharsets.UTF_8);
    return new PushedEntry(timestamp, text, metadata(metadata));
  }

  private static Metadata metadata(JsonNode metadata) throws BadRequest {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<String, JsonNode> pair : metadata.properties()) {
      if (!pair.getValue().isTextual()) {
        throw new BadRequest(
            "couldn't parse JSON: structured metadata has values that are strings");
      }
      pairs.add(pair.getKey());
      pairs.add(pair.getValue().textValue());
    }
    return MetadataNames.metadata(pairs);
  }

  /// Labels go through their text form, so that bad names meet the same errors as in protobuf.
  private static Labels labels(JsonNode labels) throws BadRequest {
    var text = new StringJoiner(", ", "{", "}");
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      text.add(label.getKey() + "=" + GoQuote.quote(label.getValue().asText()));
    }
    return LabelsText.parse(text.toString());
  }

  private static long timestamp(JsonNode value) throws BadRequest {
    try {
      return Long.parseLong(value.isTextual() ? value.textValue() : "");
    } catch (NumberFormatException e) {
      throw new BadRequest("couldn't parse JSON: timestamp " + value + " is no string of digits");
    }
  }

  private static long time(String text) throws BadRequest {
    try {
      return QueryTimes.nanos(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new BadRequest("couldn't parse JSON: timestamp " + GoQuote.quote(text) + " is no time");
    }
  }
}
