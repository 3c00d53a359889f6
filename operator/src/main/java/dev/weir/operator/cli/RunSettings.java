package dev.weir.operator.cli;

import dev.weir.agent.logging.LogFormat;
import dev.weir.agent.logging.LogLevel;
import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.reconcile.Leadership;
import dev.weir.operator.reconcile.Settings;
import org.jspecify.annotations.Nullable;

/// What an operator is started with.
///
/// @param leadership null to work without asking others
/// @param httpPort of the endpoints for probes and metrics
record RunSettings(
    Settings settings,
    @Nullable Leadership leadership,
    int httpPort,
    LogLevel logLevel,
    LogFormat logFormat) {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException with the option, its value and what is wrong with it
  static RunSettings of(GivenOptions given) {
    String namespace = given.variable("POD_NAMESPACE", "default");
    return new RunSettings(
        settings(given, namespace),
        leadership(given, namespace),
        given.port(RunOption.HTTP_PORT),
        given.parsed(RunOption.LOG_LEVEL, LogLevel::parse),
        given.parsed(RunOption.LOG_FORMAT, LogFormat::parse));
  }

  private static Settings settings(GivenOptions given, String namespace) {
    return new Settings(
        given.names(RunOption.WATCH_NAMESPACES),
        given.names(RunOption.AGENT_NAMESPACES),
        given.text(RunOption.AGENT_IMAGE),
        Main.RELEASE,
        namespace,
        given.variable("POD_SERVICE_ACCOUNT", "weir-operator"),
        given.text(RunOption.SECRETS_ROLE),
        new ClassFacts.Roles(
            given.text(RunOption.AGENT_CLUSTER_ROLE),
            given.text(RunOption.AGENT_EVENTS_CLUSTER_ROLE)),
        Settings.Times.USUAL);
  }

  private static @Nullable Leadership leadership(GivenOptions given, String namespace) {
    if (!given.flag(RunOption.LEADER_ELECTION)) {
      return null;
    }
    String own = given.text(RunOption.LEASE_NAMESPACE);
    return Leadership.usual(
        own.isEmpty() ? namespace : own,
        given.text(RunOption.LEASE_NAME),
        given.environment().get("POD_NAME"));
  }
}
