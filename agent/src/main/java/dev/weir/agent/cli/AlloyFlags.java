package dev.weir.agent.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Flags of `alloy run` for things that Weir does not have. They are taken with the values that ask
/// for nothing, so that a command line goes on working, and refused with a reason otherwise.
final class AlloyFlags {
  /// What a flag may say; anything where the set is empty.
  private record Flag(Set<String> harmless, String instead) {}

  private static final String NO_CLUSTER =
      "agents form no clusters; each collects what is on its own machine";
  private static final String NO_UI = "there is no UI, and all paths start at /";
  private static final String CONVERT = "only River is read; weir convert makes it of Promtail's";

  private static final Map<String, Flag> FLAGS = flags();

  private AlloyFlags() {}

  private static Map<String, Flag> flags() {
    Map<String, Flag> flags = new TreeMap<>();
    for (String any :
        List.of(
            "--server.http.memory-addr",
            "--server.http.enable-pprof",
            "--server.http.disable-support-bundle",
            "--feature.community-components.enabled",
            "--feature.prometheus.metric-validation-scheme",
            "--feature.prometheus.direct-fanout.enabled",
            "--cluster.node-name",
            "--cluster.advertise-address",
            "--cluster.join-addresses",
            "--cluster.discover-peers",
            "--cluster.rejoin-interval",
            "--cluster.advertise-interfaces",
            "--cluster.max-join-peers",
            "--cluster.name",
            "--cluster.enable-tls",
            "--cluster.tls-ca-path",
            "--cluster.tls-cert-path",
            "--cluster.tls-key-path",
            "--cluster.tls-server-name",
            "--cluster.wait-for-size",
            "--cluster.wait-timeout")) {
      flags.put(any, new Flag(Set.of(), ""));
    }
    flags.put("--cluster.enabled", new Flag(Set.of("false"), NO_CLUSTER));
    flags.put("--server.http.ui-path-prefix", new Flag(Set.of("/"), NO_UI));
    flags.put("--server.http.enable-graphql", new Flag(Set.of("false"), "there is no GraphQL"));
    flags.put(
        "--server.http.enable-graphql-playground",
        new Flag(Set.of("false"), "there is no GraphQL"));
    flags.put("--config.format", new Flag(Set.of("alloy"), CONVERT));
    flags.put("--config.bypass-conversion-errors", new Flag(Set.of("false"), CONVERT));
    flags.put("--config.extra-args", new Flag(Set.of(""), CONVERT));
    flags.put("--windows.priority", new Flag(Set.of("normal"), "Weir runs on Linux"));
    flags.put(
        "--feature.component-shutdown-deadline",
        new Flag(
            Set.of("10m", "10m0s"),
            "a stop waits "
                + PlainRun.DRAIN_TIMEOUT.toSeconds()
                + "s for what is under way; what is not confirmed is read again"));
    return flags;
  }

  /// Lets a command take them.
  static void addTo(CommandSpec command) {
    FLAGS
        .keySet()
        .forEach(name ->
            command.addOption(
                OptionSpec.builder(name)
                    .type(String.class)
                    .arity("0..1")
                    .fallbackValue("true")
                    .hidden(true)
                    .build()));
  }

  /// Refuses those that ask for something.
  ///
  /// @throws ParameterException with a message for the user
  static void check(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      Flag flag = FLAGS.get(option.longestName());
      Object given = option.getValue();
      String value = String.valueOf(given);
      if (flag != null && !flag.harmless.isEmpty() && !flag.harmless.contains(value)) {
        throw new ParameterException(
            parsed.commandSpec().commandLine(),
            option.longestName() + "=" + value + " is not part of Weir: " + flag.instead);
      }
    }
    if (parsed.hasSubcommand()) {
      check(parsed.subcommand());
    }
  }
}
