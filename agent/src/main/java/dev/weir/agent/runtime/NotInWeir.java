package dev.weir.agent.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Alloy has and Weir, which moves logs only, has not, with what to do instead.
final class NotInWeir {
  private static final String OTHER_DISCOVERY =
      "let discovery.file read targets that a program writes, or discovery.docker or"
          + " discovery.kubernetes find them";
  private static final String MODULES =
      "there are no modules; all *.alloy and *.river files of one directory make up one"
          + " configuration";
  private static final String OPERATOR =
      "Weir reads logs only; run it in Alloy beside Weir, or let Loki's ruler read the rules";

  /// By the whole name.
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("argument", MODULES),
          Map.entry("declare", MODULES),
          Map.entry("export", MODULES),
          Map.entry("foreach", "there are no loops; write each component out"),
          Map.entry(
              "http",
              "the agent's server has neither TLS nor authentication; put a proxy in front of it,"
                  + " and say where it listens with server { http { } }"),
          Map.entry("livedebugging", "use weir tap to see what flows out of a component"),
          Map.entry(
              "remotecfg",
              "write the configuration to a file and reload with SIGHUP or POST /-/reload"),
          Map.entry("tracing", "Weir makes no traces of itself; leave the block out"),
          Map.entry(
              "discovery.kubelet",
              "use discovery.kubernetes with role = \"pod\" and a field selector for the node"),
          Map.entry("loki.rules.kubernetes", OPERATOR),
          Map.entry(
              "loki.source.awsfirehose",
              "run it in Alloy beside Weir, with a loki.write to Weir's loki.source.api"),
          Map.entry(
              "loki.source.azure_event_hubs",
              "read the hub's Kafka endpoint with loki.source.kafka and token_provider = \"azure\""),
          Map.entry(
              "loki.source.cloudflare",
              "run it in Alloy beside Weir, with a loki.write to Weir's loki.source.api"),
          Map.entry(
              "loki.source.gcplog",
              "run it in Alloy beside Weir, with a loki.write to Weir's loki.source.api"),
          Map.entry(
              "loki.source.windowsevent",
              "Weir runs on Linux; run it in Alloy on Windows machines"),
          Map.entry("otelcol.exporter.loki", "use loki.write"),
          Map.entry("otelcol.receiver.filelog", "use loki.source.file and loki.process"),
          Map.entry("otelcol.receiver.kafka", "use loki.source.kafka"),
          Map.entry("otelcol.receiver.loki", "use loki.source.api"),
          Map.entry("otelcol.receiver.syslog", "use loki.source.syslog"),
          Map.entry(
              "otelcol.receiver.tcplog", "use loki.source.syslog with syslog_format = \"raw\""),
          Map.entry(
              "prometheus.exporter.self", "Weir's own metrics are at /metrics; scrape them there"),
          Map.entry("remote.s3", "fetch the object beside Weir and read it with local.file"),
          Map.entry(
              "remote.vault",
              "let Vault's agent write the secret to a file and read it with local.file and"
                  + " is_secret = true"));

  /// By the first part of the name, the longest first.
  private static final Map<String, String> FAMILIES =
      Map.ofEntries(
          Map.entry("beyla.", "Weir reads logs only; run Beyla or Alloy beside Weir"),
          Map.entry("database_observability.", "Weir reads logs only; run it in Alloy beside Weir"),
          Map.entry("discovery.", OTHER_DISCOVERY),
          Map.entry("faro.", "Weir reads logs only; run it in Alloy beside Weir"),
          Map.entry("import.", MODULES),
          Map.entry("mimir.", "Weir reads logs only; run it in Alloy beside Weir"),
          Map.entry(
              "otelcol.",
              "Weir speaks Loki's protocol only; run the OpenTelemetry Collector or Alloy beside"
                  + " Weir"),
          Map.entry(
              "prometheus.exporter.",
              "Weir reads logs only; run it in Alloy or a Prometheus exporter beside Weir"),
          Map.entry(
              "prometheus.operator.",
              "Weir reads logs only; run Prometheus' operator or Alloy beside Weir"),
          Map.entry(
              "prometheus.",
              "Weir reads logs only; metrics are for Prometheus or Alloy beside Weir"),
          Map.entry("pyroscope.", "Weir reads logs only; run it in Alloy beside Weir"));

  private NotInWeir() {}

  /// What to do instead of using a block; null for one that Alloy does not have either.
  ///
  /// @param name of a block that Weir does not know
  /// @param misspelt whether it is close to one that Weir knows
  static @Nullable String instead(String name, boolean misspelt) {
    String own = NAMES.get(name);
    if (own != null || misspelt) {
      return own;
    }
    int dot = name.lastIndexOf('.');
    while (dot >= 0) {
      String family = FAMILIES.get(name.substring(0, dot + 1));
      if (family != null) {
        return family;
      }
      dot = name.lastIndexOf('.', dot - 1);
    }
    return null;
  }
}
