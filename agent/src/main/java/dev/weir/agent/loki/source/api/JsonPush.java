package dev.weir.agent.loki.source.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.weir.agent.go.GoQuote;
import dev.weir.agent.loki.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads the JSON form of a push.
final class JsonPush {
  // The size of a push is limited before it gets here; depth stays limited.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final byte[] push;
  private final int length;
  private final PushSink sink;

  private JsonPush(byte[] push, int length, PushSink sink) {
    this.push = push;
    this.length = length;
    this.sink = sink;
  }

  /// Reads the first bytes of an array.
  ///
  /// @throws MalformedPush when they are no push; some of it may have gone to the sink
  static void read(byte[] push, int length, PushSink sink)
      throws MalformedPush, InterruptedException {
    var reading = new JsonPush(push, length, sink);
    try (JsonParser parser = JSON.createParser(push, 0, length)) {
      reading.push(parser);
    } catch (JsonParseException e) {
      throw new MalformedPush("couldn't parse JSON: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw new MalformedPush("couldn't parse JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedPush("couldn't parse JSON: " + e.getMessage());
    }
  }

  private void push(JsonParser parser) throws IOException, MalformedPush, InterruptedException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "a push is an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean streams = parser.currentName().equals("streams");
      JsonToken value = parser.nextToken();
      if (streams && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          stream(parser);
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY, "a stream is an object");
      } else if (streams && value != JsonToken.VALUE_NULL) {
        throw wrong("streams is an array");
      } else {
        parser.skipChildren();
      }
    }
  }

  private void stream(JsonParser parser) throws IOException, MalformedPush, InterruptedException {
    boolean labelled = false;
    long valuesAt = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("stream") && value == JsonToken.START_OBJECT) {
        sink.stream(labels(parser));
        labelled = true;
      } else if (name.equals("values") && value == JsonToken.START_ARRAY && labelled) {
        values(parser);
      } else if (name.equals("values") && value == JsonToken.START_ARRAY) {
        valuesAt = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
      } else if (name.equals("stream")
          || (name.equals("values") && value != JsonToken.VALUE_NULL)) {
        throw wrong(name.equals("stream") ? "stream is an object" : "values is an array");
      } else {
        parser.skipChildren();
      }
    }
    if (valuesAt >= 0) {
      if (!labelled) {
        sink.stream("");
      }
      valuesFrom((int) valuesAt);
    }
  }

  /// Values that stand before the labels they belong to.
  private void valuesFrom(int offset) throws IOException, MalformedPush, InterruptedException {
    try (JsonParser parser = JSON.createParser(push, offset, length - offset)) {
      expect(parser.nextToken(), JsonToken.START_ARRAY, "values is an array");
      values(parser);
    }
  }

  /// Labels in their text form, so that bad names meet the same errors as in protobuf.
  private static String labels(JsonParser parser) throws IOException, MalformedPush {
    Map<String, String> labels = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!parser.nextToken().isScalarValue()) {
        throw wrong("a label has a string for its value");
      }
      labels.put(name, parser.getText());
    }
    var text = new StringBuilder("{");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text.append(text.length() == 1 ? "" : ", ").append(label.getKey()).append('=');
      GoQuote.append(text, label.getValue());
    }
    return text.append('}').toString();
  }

  private void values(JsonParser parser) throws IOException, MalformedPush, InterruptedException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        expect(parser.currentToken(), JsonToken.START_ARRAY, "a value is an array");
        value(parser);
      }
    }
  }

  private void value(JsonParser parser) throws IOException, MalformedPush, InterruptedException {
    expect(parser.nextToken(), JsonToken.VALUE_STRING, "a timestamp is a string");
    long timestamp = timestamp(parser.getText());
    expect(parser.nextToken(), JsonToken.VALUE_STRING, "a line is a string");
    byte[] line = parser.getText().getBytes(StandardCharsets.UTF_8);
    Metadata metadata = Metadata.EMPTY;
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      metadata = metadata(parser);
      parser.nextToken();
    }
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw wrong("unexpected end");
      }
      parser.skipChildren();
      parser.nextToken();
    }
    sink.entry(timestamp, line, 0, line.length, metadata);
  }

  private static Metadata metadata(JsonParser parser) throws IOException, MalformedPush {
    List<String> pairs = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      pairs.add(parser.currentName());
      expect(parser.nextToken(), JsonToken.VALUE_STRING, "metadata has strings for its values");
      pairs.add(parser.getText());
    }
    return Metadata.of(pairs.toArray(String[]::new));
  }

  private static long timestamp(String text) throws MalformedPush {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("timestamp " + GoQuote.quote(text) + " is no number");
    }
  }

  private static void expect(
      @org.jspecify.annotations.Nullable JsonToken token, JsonToken expected, String message)
      throws MalformedPush {
    if (token != expected) {
      throw wrong(message);
    }
  }

  private static MalformedPush wrong(String message) {
    return new MalformedPush("couldn't parse JSON: " + message);
  }
}
