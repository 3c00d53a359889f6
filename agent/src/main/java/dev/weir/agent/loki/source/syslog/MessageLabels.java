package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.loki.intake.LabelRules;
import dev.weir.agent.relabel.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The labels of messages from one address. Makes only those that a rule may look at: without rules
/// every message has the same labels.
///
/// Not thread-safe.
final class MessageLabels {
  private static final String PREFIX = "__syslog_message_";

  private final LabelRules rules;
  private final Labels base;
  private final boolean ruled;
  private final @Nullable Set<String> wanted;
  private final TextCache texts = new TextCache();

  /// @param hostname of the sender, empty when it has none
  MessageLabels(SyslogSettings settings, String ip, String hostname) {
    rules = new LabelRules(Map.of(), settings.rules());
    ruled = !settings.rules().rules().isEmpty();
    wanted = wanted(settings.rules().rules());
    base =
        Labels.of(settings.arguments().labels())
            .with("__syslog_connection_ip_address", ip)
            .with("__syslog_connection_hostname", hostname);
  }

  /// The labels that rules read; null for any.
  private static @Nullable Set<String> wanted(List<Rule> rules) {
    Set<String> names = new HashSet<>();
    for (Rule rule : rules) {
      switch (rule.action()) {
        case LABELMAP, LABELDROP, LABELKEEP -> {
          return null;
        }
        default -> {
          names.addAll(rule.sourceLabels());
          names.add(rule.targetLabel());
        }
      }
    }
    return names;
  }

  /// The labels of a message; empty when a rule drops it.
  Optional<Labels> of(byte[] buffer, Message message) {
    Labels labels = base;
    if (ruled) {
      labels = with(labels, "severity", message.severity());
      labels = with(labels, "facility", message.facility());
      labels = with(labels, "hostname", buffer, message.hostname);
      labels = with(labels, "app_name", buffer, message.appName);
      labels = with(labels, "proc_id", buffer, message.procId);
      labels = with(labels, "msg_id", buffer, message.msgId);
      for (int i = 0; i < message.structuredData.size(); i += 3) {
        String id = message.structuredData.get(i).replace('@', '_');
        String name = "sd_" + id + "_" + message.structuredData.get(i + 1);
        labels = with(labels, name, message.structuredData.get(i + 2));
      }
    }
    return rules.apply(labels);
  }

  private Labels with(Labels labels, String name, byte[] buffer, Message.Slice slice) {
    if (slice.isEmpty() || !wants(PREFIX + name)) {
      return labels;
    }
    return labels.with(PREFIX + name, texts.text(buffer, slice.from, slice.end - slice.from));
  }

  private Labels with(Labels labels, String name, String value) {
    return wants(PREFIX + name) ? labels.with(PREFIX + name, value) : labels;
  }

  private boolean wants(String name) {
    Set<String> known = wanted;
    return known == null || known.contains(name);
  }
}
