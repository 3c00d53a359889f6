package dev.weir.agent.bench;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Stability;
import dev.weir.agent.metrics.AgentRegistry;
import dev.weir.agent.metrics.ComponentMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A component's surroundings without an agent. Thread-safe.
final class StageSurroundings implements ComponentContext {
  private static final Path NOWHERE = Path.of("");

  private final ComponentMetrics metrics = new ComponentMetrics(new AgentRegistry(), id(), "/");

  @Override
  public String id() {
    return "loki.process.bench";
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger(StageSurroundings.class);
  }

  @Override
  public Path dataPath() {
    return NOWHERE;
  }

  @Override
  public ComponentMetrics metrics() {
    return metrics;
  }

  @Override
  public InstantSource clock() {
    return Clock.systemUTC();
  }

  @Override
  public void publish(Record exports) {}

  @Override
  public AgentSettings agent() {
    return new AgentSettings(
        NOWHERE, Stability.GENERALLY_AVAILABLE, "bench", Duration.ofSeconds(1));
  }
}
