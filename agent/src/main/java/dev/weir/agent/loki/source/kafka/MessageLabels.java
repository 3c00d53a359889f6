package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The labels of one partition's messages. What the rules do not look at is not made.
///
/// Not thread-safe: it belongs to the thread that passes entries on.
final class MessageLabels {
  private static final String KEY = "__meta_kafka_message_key";
  private static final String OFFSET = "__meta_kafka_message_offset";
  private static final String NO_KEY = "none";
  private static final String HIDDEN = "__";
  private static final int REMEMBERED = 1000;

  private final Labels found;
  private final Labels base;
  private final Map<String, String> fixed;
  private final Rules rules;
  private final boolean keyCounts;
  private final boolean offsetCounts;
  private final Map<String, Optional<Labels>> byKey = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Labels ofAll;
  private boolean ofAllMade;

  /// @param found what is known of the partition, `__meta_kafka_...`
  MessageLabels(Labels found, Arguments arguments) {
    this.found = found;
    fixed = arguments.labels();
    Labels all = found;
    for (Map.Entry<String, String> label : fixed.entrySet()) {
      all = all.with(label.getKey(), label.getValue());
    }
    base = all;
    Rules given = arguments.relabelRules();
    rules = given == null ? Rules.NONE : given;
    keyCounts = isSeen(KEY);
    offsetCounts = isSeen(OFFSET);
  }

  private boolean isSeen(String name) {
    return rules.rules().stream().anyMatch(rule -> sees(rule, name));
  }

  private static boolean sees(Rule rule, String name) {
    return rule.sourceLabels().contains(name)
        || (rule.action() == Action.LABELMAP && rule.regex().regex().find(name));
  }

  /// Whether they are made of these.
  boolean areOf(Labels otherFound, Arguments arguments) {
    Rules given = arguments.relabelRules();
    return found.equals(otherFound)
        && fixed.equals(arguments.labels())
        && rules.equals(given == null ? Rules.NONE : given);
  }

  /// The labels of a message; empty when a rule drops it.
  Optional<Labels> of(ConsumerRecord<byte[], byte[]> message) {
    if (offsetCounts) {
      return relabeled(withKey(message).with(OFFSET, Long.toString(message.offset())));
    }
    if (keyCounts) {
      return byKey(message);
    }
    return ofAll();
  }

  /// The labels of a message of which nothing is known.
  Optional<Labels> ofAll() {
    if (!ofAllMade) {
      ofAll = relabeled(base).orElse(null);
      ofAllMade = true;
    }
    return Optional.ofNullable(ofAll);
  }

  private Optional<Labels> byKey(ConsumerRecord<byte[], byte[]> message) {
    String key = key(message);
    Optional<Labels> known = byKey.get(key);
    if (known == null) {
      known = relabeled(base.with(KEY, key));
      if (byKey.size() >= REMEMBERED) {
        byKey.remove(byKey.keySet().iterator().next());
      }
      byKey.put(key, known);
    }
    return known;
  }

  private Labels withKey(ConsumerRecord<byte[], byte[]> message) {
    return keyCounts ? base.with(KEY, key(message)) : base;
  }

  private static String key(ConsumerRecord<byte[], byte[]> message) {
    byte[] key = message.key();
    return key == null || key.length == 0 ? NO_KEY : new String(key, StandardCharsets.UTF_8);
  }

  private Optional<Labels> relabeled(Labels all) {
    return rules.apply(all).map(kept -> kept.keeping(name -> !name.startsWith(HIDDEN)));
  }
}
