package dev.weir.agent.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.agent.loki.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// Answers queries from the store.
///
/// Thread-safe.
final class Queries {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SIX_HOURS = Duration.ofHours(6);
  private static final String INSTANT_LOGS =
      "log queries are not supported as an instant query type, please change your query to a range"
          + " query type";

  private final Store store;
  private final JsonFactory json = new JsonFactory();

  Queries(Store store) {
    this.store = store;
  }

  /// `query_range`: entries of a range of time.
  HttpAnswer range(String tenant, Parameters parameters) throws BadRequest {
    long end = parameters.end();
    long start = parameters.start(end, HOUR);
    if (end < start) {
      throw new BadRequest("end timestamp must not be before or equal to start time");
    }
    parameters.checkStep();
    int limit = parameters.limit();
    boolean forward = parameters.forward();
    LogQuery query = LogQueryParser.query(parameters.first("query"));
    List<Stored> entries = new ArrayList<>(select(tenant, query, start, end));
    Comparator<Stored> order =
        Comparator.<Stored>comparingLong(entry -> entry.timestamp)
            .thenComparingLong(entry -> entry.arrival);
    entries.sort(forward ? order : order.reversed());
    return streams(entries.subList(0, Math.min(limit, entries.size())));
  }

  /// `query`: Loki answers it for metric queries only, which the sandbox does not know.
  HttpAnswer instant(Parameters parameters) throws BadRequest {
    LogQueryParser.query(parameters.first("query"));
    throw new BadRequest(INSTANT_LOGS);
  }

  /// The entries that a query selects, by stream and time.
  List<Stored> select(String tenant, LogQuery query, long start, long end) {
    // Copied under the lock, filtered outside it: a slow pattern must not hold up pushes.
    List<Stored> candidates =
        store.read(tenant, streams -> candidates(streams, query::selects, start, end));
    if (!query.filters().isEmpty()) {
      candidates.removeIf(entry -> !query.passes(new String(entry.line, StandardCharsets.UTF_8)));
    }
    return candidates;
  }

  private static List<Stored> candidates(
      Collection<StreamStore> streams, Predicate<Labels> selector, long start, long end) {
    List<Stored> found = new ArrayList<>();
    for (StreamStore stream : streams) {
      if (selector.test(stream.labels)) {
        found.addAll(stream.between(start, end));
      }
    }
    return found;
  }

  /// `labels`: the names of labels.
  HttpAnswer labels(String tenant, Parameters parameters) throws BadRequest {
    return names(tenant, parameters, labels -> List.copyOf(labels.toMap().keySet()));
  }

  /// `label/<name>/values`: the values of a label.
  HttpAnswer values(String tenant, String name, Parameters parameters) throws BadRequest {
    return names(
        tenant,
        parameters,
        labels -> {
          String value = labels.get(name);
          return value == null ? List.of() : List.of(value);
        });
  }

  private HttpAnswer names(
      String tenant, Parameters parameters, Function<Labels, List<String>> ofStream)
      throws BadRequest {
    String query = parameters.first("query");
    Predicate<Labels> selector =
        query.isEmpty() ? _ -> true : LogQueryParser.selector(query)::selects;
    var names = new TreeSet<String>();
    present(tenant, parameters, selector).forEach(labels -> names.addAll(ofStream.apply(labels)));
    return answer(out -> {
      if (!names.isEmpty()) {
        out.writeArrayFieldStart("data");
        for (String name : names) {
          out.writeString(name);
        }
        out.writeEndArray();
      }
    });
  }

  /// `series`: the label sets of streams.
  HttpAnswer series(String tenant, Parameters parameters) throws BadRequest {
    List<String> texts = new ArrayList<>(parameters.all("match[]"));
    texts.addAll(parameters.all("match"));
    List<LogQuery> selectors = new ArrayList<>();
    for (String text : texts) {
      selectors.add(LogQueryParser.query(text));
    }
    List<Labels> found =
        present(
            tenant,
            parameters,
            labels ->
                selectors.isEmpty()
                    || selectors.stream().anyMatch(selector -> selector.selects(labels)));
    return answer(out -> {
      out.writeArrayFieldStart("data");
      for (Labels labels : found) {
        object(out, labels.toMap());
      }
      out.writeEndArray();
    });
  }

  /// The labels of the streams that have entries in the range of time.
  private List<Labels> present(String tenant, Parameters parameters, Predicate<Labels> selector)
      throws BadRequest {
    long end = parameters.end();
    long start = parameters.start(end, SIX_HOURS);
    return store.read(
        tenant,
        streams ->
            streams.stream()
                .filter(stream -> selector.test(stream.labels))
                .filter(stream -> !stream.between(start, end).isEmpty())
                .map(stream -> stream.labels)
                .toList());
  }

  private HttpAnswer streams(List<Stored> entries) {
    Map<Map<String, String>, List<Stored>> streams = new LinkedHashMap<>();
    for (Stored entry : entries) {
      streams.computeIfAbsent(shownLabels(entry), _ -> new ArrayList<>()).add(entry);
    }
    return answer(out -> {
      out.writeObjectFieldStart("data");
      out.writeStringField("resultType", "streams");
      out.writeArrayFieldStart("result");
      for (Map.Entry<Map<String, String>, List<Stored>> stream : streams.entrySet()) {
        out.writeStartObject();
        out.writeFieldName("stream");
        object(out, stream.getKey());
        values(out, stream.getValue());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeObjectFieldStart("stats");
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  private static void values(JsonGenerator out, List<Stored> entries) throws IOException {
    out.writeArrayFieldStart("values");
    for (Stored entry : entries) {
      out.writeStartArray();
      out.writeString(Long.toString(entry.timestamp));
      out.writeString(text(entry));
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  private static String text(Stored entry) {
    return new String(entry.line, StandardCharsets.UTF_8);
  }

  /// The labels of an entry as a query shows them: with its metadata and its level.
  private static Map<String, String> shownLabels(Stored entry) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < entry.metadata.size(); i++) {
      labels.put(entry.metadata.name(i), entry.metadata.value(i));
    }
    labels.putIfAbsent(
        Discovery.DETECTED_LEVEL,
        Discovery.level(entry.stream.labels, entry.metadata, text(entry)));
    labels.putAll(entry.stream.labels.toMap());
    return labels;
  }

  private static void object(JsonGenerator out, Map<String, String> map) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, String> pair : map.entrySet()) {
      out.writeStringField(pair.getKey(), pair.getValue());
    }
    out.writeEndObject();
  }

  private interface Data {
    void write(JsonGenerator out) throws IOException;
  }

  private HttpAnswer answer(Data data) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("status", "success");
      data.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpAnswer.json(bytes.toByteArray());
  }
}
