package dev.weir.agent.loki.source.api;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.intake.LabelRules;
import dev.weir.agent.loki.source.api.LokiSourceApi.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/// What one lane remembers of streams: their labels by the text they come with. Not thread-safe.
final class PushLane {
  private static final int REMEMBERED = 1000;
  private static final String TENANT_LABEL = "__tenant_id__";

  private record Key(String labels, String tenant) {}

  private final Map<Key, Optional<Labels>> known = new LinkedHashMap<>(16, 0.75f, true);
  private LabelRules rules = new LabelRules(Map.of(), null);

  /// Makes what is remembered fit the arguments.
  void use(Arguments arguments) {
    if (!rules.isOf(arguments.labels(), arguments.relabelRules())) {
      rules = new LabelRules(arguments.labels(), arguments.relabelRules());
      known.clear();
    }
  }

  /// The labels of a stream's entries; empty when they are dropped.
  ///
  /// @throws MalformedPush when the text is no label set
  Optional<Labels> labels(String text, String tenant) throws MalformedPush {
    var key = new Key(text, tenant);
    Optional<Labels> labels = known.get(key);
    if (labels == null) {
      labels = rules.apply(LabelsText.parse(text)).map(all -> withTenant(all, tenant));
      if (known.size() >= REMEMBERED) {
        Entry<Key, Optional<Labels>> eldest = known.entrySet().iterator().next();
        known.remove(eldest.getKey());
      }
      known.put(key, labels);
    }
    return labels;
  }

  private static Labels withTenant(Labels labels, String tenant) {
    return tenant.isEmpty() ? labels : labels.with(TENANT_LABEL, tenant);
  }
}
