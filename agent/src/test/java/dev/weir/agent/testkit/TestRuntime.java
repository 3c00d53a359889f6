package dev.weir.agent.testkit;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.ComponentInfo;
import dev.weir.agent.runtime.ConfigBlocks;
import dev.weir.agent.runtime.RuntimeEnvironment;
import dev.weir.agent.runtime.ServerArguments;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A runtime with the test components and one configuration file, given as text.
public final class TestRuntime {
  private final Journal journal = new Journal();
  private final TestComponents components = new TestComponents(journal);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<ServerArguments> listened = new CopyOnWriteArrayList<>();
  private final Path file;
  private final RuntimeEnvironment environment;
  private final AgentRuntime runtime;

  /// @param directory for the configuration and all state
  public TestRuntime(Path directory) {
    this.file = directory.resolve("main.river");
    this.environment = environmentIn(directory);
    this.runtime = new AgentRuntime(environment);
  }

  /// Loads a configuration for the first time.
  public void load(String... lines) throws Exception {
    write(lines);
    runtime.load(file);
  }

  /// Changes the configuration and reloads it.
  public void reload(String... lines) throws Exception {
    write(lines);
    runtime.reload();
  }

  /// The messages that a load ends with.
  public List<String> failureOf(Loading loading) throws Exception {
    try {
      loading.run();
    } catch (DiagnosticsException failure) {
      return failure.diagnostics().stream()
          .map(diagnostic -> diagnostic.summary().replace(file.toString(), "main.river"))
          .toList();
    }
    throw new AssertionError("the configuration was taken");
  }

  public AgentRuntime runtime() {
    return runtime;
  }

  public RuntimeEnvironment environment() {
    return environment;
  }

  /// What `server` blocks asked for, in order.
  public List<ServerArguments> listened() {
    return List.copyOf(listened);
  }

  public TestComponents components() {
    return components;
  }

  public Journal journal() {
    return journal;
  }

  public String scrape() {
    return registry.scrape();
  }

  /// What the API tells about a component.
  public ComponentInfo info(String id) {
    return runtime.component(id).orElseThrow();
  }

  public Health health(String id) {
    return info(id).health();
  }

  /// Stops everything.
  public void stop() throws InterruptedException {
    components.giveIn();
    runtime.stop();
  }

  private RuntimeEnvironment environmentIn(Path directory) {
    var settings =
        new AgentSettings(
            directory, Stability.GENERALLY_AVAILABLE, "0.1.0", Duration.ofSeconds(30));
    return new RuntimeEnvironment(
        settings,
        components.types(),
        List.of(ConfigBlocks.logging(null), ConfigBlocks.server(listened::add)),
        registry,
        InstantSource.system());
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /// A load that may fail.
  @FunctionalInterface
  public interface Loading {
    void run() throws Exception;
  }
}
