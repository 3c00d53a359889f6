package dev.weir.agent.loki.source.kubernetesevents;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.weir.agent.go.GoQuote;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a line of an event.
final class EventText {
  private static final String MESSAGE = "msg";
  private static final String COUNT = "count";

  private EventText() {}

  /// The line.
  static String of(Event event, EventFormat format) {
    Map<String, String> fields = fields(event);
    return switch (format) {
      case LOGFMT ->
          fields.entrySet().stream()
              .map(one -> one.getKey() + "=" + logfmt(one.getKey(), one.getValue()))
              .collect(Collectors.joining(" "));
      case JSON ->
          fields.entrySet().stream()
              .map(one -> "\"" + one.getKey() + "\":" + json(one.getKey(), one.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static String logfmt(String name, String value) {
    return name.equals(MESSAGE) ? GoQuote.quote(value) : value;
  }

  private static String json(String name, String value) {
    return name.equals(COUNT)
        ? value
        : "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
  }

  private static Map<String, String> fields(Event event) {
    ObjectReference object =
        Objects.requireNonNullElseGet(event.getInvolvedObject(), ObjectReference::new);
    EventSource source = Objects.requireNonNullElseGet(event.getSource(), EventSource::new);
    var fields = new LinkedHashMap<String, String>();
    put(fields, "name", object.getName());
    put(fields, "kind", object.getKind());
    put(fields, "action", event.getAction());
    put(fields, "objectAPIversion", object.getApiVersion());
    put(fields, "objectRV", object.getResourceVersion());
    put(fields, "eventRV", event.getMetadata().getResourceVersion());
    put(fields, "reportinginstance", event.getReportingInstance());
    put(fields, "reportingcontroller", event.getReportingComponent());
    put(fields, "sourcecomponent", source.getComponent());
    put(fields, "sourcehost", source.getHost());
    put(fields, "reason", event.getReason());
    put(fields, "type", event.getType());
    Integer count = event.getCount();
    put(fields, COUNT, count == null || count == 0 ? null : count.toString());
    put(fields, MESSAGE, Objects.requireNonNullElse(event.getMessage(), ""));
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null && (!value.isEmpty() || name.equals(MESSAGE))) {
      fields.put(name, value);
    }
  }

  /// When it happened last, nanoseconds since 1970; 0 when it does not say.
  static long time(Event event) {
    String micro = event.getEventTime() == null ? null : event.getEventTime().getTime();
    for (String text :
        new @Nullable String[] {
          event.getLastTimestamp(),
          micro,
          event.getFirstTimestamp(),
          event.getMetadata().getCreationTimestamp()
        }) {
      Instant time = parsed(text);
      if (time != null) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
      }
    }
    return 0;
  }

  private static @Nullable Instant parsed(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
