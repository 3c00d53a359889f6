package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What Loki adds to what it is sent: the label `service_name`, and the level it finds in a line.
final class Discovery {
  static final String SERVICE_NAME = "service_name";
  static final String DETECTED_LEVEL = "detected_level";

  private static final List<String> SERVICE_LABELS =
      List.of(
          "service",
          "app",
          "application",
          "app_name",
          "name",
          "app_kubernetes_io_name",
          "container",
          "container_name",
          "k8s_container_name",
          "component",
          "workload",
          "job",
          "k8s_job_name");

  private static final List<String> LEVEL_NAMES =
      List.of(
          "level",
          "LEVEL",
          "Level",
          "log.level",
          "severity",
          "SEVERITY",
          "Severity",
          "SeverityText",
          "lvl",
          "LVL",
          "Lvl",
          "severity_text",
          "Severity_Text",
          "SEVERITY_TEXT");

  // Possessive, so that no line makes them go back: both are linear.
  private static final Pattern JSON_LEVEL =
      Pattern.compile(
          "\"(?:level|log\\.level|lvl|severity|severity_?text)\"\\s*+:\\s*+\"([A-Za-z]++)\"",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LOGFMT_LEVEL =
      Pattern.compile(
          "(?:^|\\s)(?:level|log\\.level|lvl|severity|severity_?text)=\"?+([A-Za-z]++)",
          Pattern.CASE_INSENSITIVE);

  private Discovery() {}

  /// The labels with `service_name`, unless they have one.
  static Labels withServiceName(Labels labels) {
    if (labels.get(SERVICE_NAME) != null) {
      return labels;
    }
    for (String name : SERVICE_LABELS) {
      String value = labels.get(name);
      if (value != null) {
        return labels.with(SERVICE_NAME, value);
      }
    }
    return labels.with(SERVICE_NAME, "unknown_service");
  }

  /// The level of an entry: of a label, of its metadata, or found in its line; `unknown` else.
  static String level(Labels labels, Metadata metadata, String line) {
    for (String name : LEVEL_NAMES) {
      String value = labels.get(name);
      if (value != null) {
        return normal(value);
      }
    }
    for (String name : LEVEL_NAMES) {
      String value = metadata.get(name);
      if (value != null) {
        return normal(value);
      }
    }
    String field = field(line);
    return field != null && isKnown(field) ? normal(field) : words(line);
  }

  private static @Nullable String field(String line) {
    String text = line.strip();
    boolean json = text.startsWith("{") && text.endsWith("}");
    if (!json && line.indexOf('=') < 0) {
      return null;
    }
    Matcher found = (json ? JSON_LEVEL : LOGFMT_LEVEL).matcher(line);
    return found.find() ? found.group(1) : null;
  }

  private static boolean isKnown(String level) {
    return switch (normal(level)) {
      case "trace", "debug", "info", "warn", "error", "critical", "fatal" -> true;
      default -> false;
    };
  }

  private static String normal(String level) {
    return switch (level.toLowerCase(Locale.ROOT)) {
      case "trace", "trc" -> "trace";
      case "debug", "dbg" -> "debug";
      case "info", "inf", "information" -> "info";
      case "warn", "wrn", "warning" -> "warn";
      case "error", "err" -> "error";
      case "critical" -> "critical";
      case "fatal" -> "fatal";
      default -> level;
    };
  }

  private static String words(String line) {
    if (has(line, "info", "INFO")) {
      return "info";
    }
    if (has(line, "err:", "ERR:", "[err]", "[ERR]", "[error]", "[ERROR]")) {
      return "error";
    }
    if (has(line, "warn:", "WARN:", "[warn]", "[WARN]", "warning", "WARNING")) {
      return "warn";
    }
    if (has(line, "critical:", "CRITICAL:", "[critical]", "[CRITICAL]")) {
      return "critical";
    }
    return has(line, "debug", "DEBUG") ? "debug" : "unknown";
  }

  private static boolean has(String line, String... words) {
    for (String word : words) {
      if (line.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
