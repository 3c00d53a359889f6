package dev.weir.agent.testkit;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container to be made by [DockerEngine#start]: a shell script, and how its log is kept.
///
/// @param name without slash, or null for one that Docker makes up
/// @param driver of its log, or null for the Engine's default
/// @param networkMode or null for the default
public record TestContainer(
    String script,
    @Nullable String name,
    @Nullable String driver,
    Map<String, String> logOptions,
    Map<String, String> labels,
    boolean tty,
    boolean removedAtEnd,
    @Nullable String networkMode) {
  /// A plain container with the `json-file` driver, whatever the Engine's default is.
  public static TestContainer running(String script) {
    return new TestContainer(script, null, "json-file", Map.of(), Map.of(), false, false, "none");
  }

  public TestContainer named(String newName) {
    return new TestContainer(
        script, newName, driver, logOptions, labels, tty, removedAtEnd, networkMode);
  }

  public TestContainer driver(String newDriver) {
    return new TestContainer(
        script, name, newDriver, logOptions, labels, tty, removedAtEnd, networkMode);
  }

  public TestContainer logOption(String option, String value) {
    var more = new LinkedHashMap<>(logOptions);
    more.put(option, value);
    return new TestContainer(script, name, driver, more, labels, tty, removedAtEnd, networkMode);
  }

  public TestContainer label(String label, String value) {
    var more = new LinkedHashMap<>(labels);
    more.put(label, value);
    return new TestContainer(
        script, name, driver, logOptions, more, tty, removedAtEnd, networkMode);
  }

  /// With a terminal.
  public TestContainer withTty() {
    return new TestContainer(
        script, name, driver, logOptions, labels, true, removedAtEnd, networkMode);
  }

  /// As with `docker run --rm`.
  public TestContainer removed() {
    return new TestContainer(script, name, driver, logOptions, labels, tty, true, networkMode);
  }

  public TestContainer network(String newMode) {
    return new TestContainer(script, name, driver, logOptions, labels, tty, removedAtEnd, newMode);
  }

  HostConfig hostConfig() {
    HostConfig host = HostConfig.newHostConfig().withAutoRemove(removedAtEnd);
    if (driver != null) {
      host.withLogConfig(new LogConfig(LoggingType.fromValue(driver), logOptions));
    }
    if (networkMode != null) {
      host.withNetworkMode(networkMode);
    }
    return host;
  }
}
