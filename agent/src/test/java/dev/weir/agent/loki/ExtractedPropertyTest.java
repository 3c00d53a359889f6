package dev.weir.agent.loki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// The extracted map against a plain one, over several entries of one slot.
class ExtractedPropertyTest {
  private static final List<String> NAMES = List.of("output", "stream", "timestamp", "a", "b");

  enum Kind {
    TEXT,
    BYTES,
    REMOVE,
    NEXT_ENTRY
  }

  /// @param copied whether the name is another object than the one that others use
  record Step(Kind kind, String name, boolean copied, String value) {
    String key() {
      return copied ? String.valueOf(name.toCharArray()) : name;
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.of(NAMES),
            Arbitraries.of(true, false),
            Arbitraries.of("", "x", "y"))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 1000)
  void holdsWhatAMapHolds(@ForAll("steps") List<Step> steps) {
    var entry = new Batch(new Lane("test")).add();
    Map<String, @Nullable String> model = new HashMap<>();
    for (Step step : steps) {
      switch (step.kind()) {
        case TEXT -> entry.extracted().put(step.key(), step.value());
        case BYTES -> {
          byte[] bytes = step.value().getBytes(StandardCharsets.UTF_8);
          entry.extracted().putBytes(step.key(), bytes, 0, bytes.length);
        }
        case REMOVE -> entry.extracted().remove(step.key());
        case NEXT_ENTRY -> entry.forgetExtracted();
      }
      switch (step.kind()) {
        case TEXT, BYTES -> model.put(step.name(), step.value());
        case REMOVE -> model.remove(step.name());
        case NEXT_ENTRY -> model.clear();
      }
      var cache = new TextCache();
      for (String name : NAMES) {
        assertThat(entry.extracted().text(name)).isEqualTo(model.get(name));
        assertThat(entry.extracted().text(name, cache)).isEqualTo(model.get(name));
      }
    }
  }
}
