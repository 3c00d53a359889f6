package dev.weir.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.sandbox.LokiClient.Push;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class PushPropertiesTest {
  private static final Instant NOW = Instant.parse("2026-08-22T10:00:00Z");
  private static final long T = QueryTimes.nanos(NOW);

  private final Store store = new Store(1 << 30);
  private final Pushes pushes = new Pushes(SandboxOptions.loopback().withClock(() -> NOW), store);

  private record Line(int stream, long timestamp, String text) {}

  @Property(tries = 200)
  void whatIsPushedIsStoredOnceInOrderOfTime(
      @ForAll @Size(max = 60) List<@ByteRange(min = 0, max = 5) Byte> times,
      @ForAll @IntRange(min = 1, max = 3) int streams,
      @ForAll @StringLength(max = 3) String suffix)
      throws Exception {
    store.clear();
    Set<Line> expected = new LinkedHashSet<>();
    for (int i = 0; i < times.size(); i++) {
      int stream = i % streams;
      long timestamp = T + times.get(i);
      String text = (i % 4) + utf8(suffix);
      expected.add(new Line(stream, timestamp, text));
      byte[] push = Push.stream("{s=\"" + stream + "\"}").entry(timestamp, text).protobuf();
      pushes.store("fake", PushDecoder.decode(push));
    }

    for (int stream = 0; stream < streams; stream++) {
      int wanted = stream;
      List<Line> ofStream =
          expected.stream()
              .filter(line -> line.stream() == wanted)
              .sorted(Comparator.comparingLong(Line::timestamp))
              .toList();
      assertThat(stored(stream)).isEqualTo(ofStream);
    }
    assertThat(store.counts().heldEntries()).isEqualTo(expected.size());
  }

  /// Text as it is after a trip through UTF-8: lone surrogates are no text.
  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private List<Line> stored(int stream) {
    return store.read(
        "fake",
        all -> {
          List<Line> lines = new ArrayList<>();
          for (StreamStore candidate : all) {
            if (Integer.toString(stream).equals(candidate.labels.get("s"))) {
              candidate
                  .all()
                  .forEach(entry ->
                      lines.add(
                          new Line(
                              stream,
                              entry.timestamp,
                              new String(entry.line, StandardCharsets.UTF_8))));
            }
          }
          return lines;
        });
  }

  @Property(tries = 500)
  void labelsOfAnyValueAreReadBack(@ForAll Map<@IntRange(min = 0, max = 99) Integer, String> values)
      throws Exception {
    Map<String, String> map = new HashMap<>();
    values.forEach((name, value) -> map.put("l" + name, utf8(value)));
    var labels = Labels.of(map);

    assertThat(LabelsText.parse(labels.toString())).isEqualTo(labels);
  }

  @Property(tries = 500)
  void bytesThatAreNoPushAreRefusedAndNothingElse(@ForAll byte[] bytes) {
    try {
      PushDecoder.decode(bytes);
    } catch (BadRequest e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }

  @Property(tries = 300)
  void countingFindsWhatDecodingFinds(
      @ForAll @Size(max = 20) List<@StringLength(max = 300) String> lines) throws Exception {
    var push = Push.stream("{a=\"b\"}");
    lines.forEach(line -> push.entry(T, utf8(line), "name", "value"));
    byte[] bytes = push.protobuf();

    assertThat(PushSize.of(bytes)).isEqualTo(PushSize.of(bytes.length, PushDecoder.decode(bytes)));
  }
}
