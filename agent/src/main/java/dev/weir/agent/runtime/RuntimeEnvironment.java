package dev.weir.agent.runtime;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.eval.EvaluationOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;

/// What a runtime is given.
///
/// @param components every type a configuration may use
/// @param blocks every other block it may use
/// @param registry takes the meters of the runtime and of all components
/// @param outlets sees what components pass on
public record RuntimeEnvironment(
    AgentSettings agent,
    List<ComponentType<?>> components,
    List<ConfigBlockType<?>> blocks,
    MeterRegistry registry,
    InstantSource clock,
    Outlets outlets) {
  public RuntimeEnvironment {
    components = List.copyOf(components);
    blocks = List.copyOf(blocks);
  }

  /// One where nobody looks at what components pass on.
  public RuntimeEnvironment(
      AgentSettings agent,
      List<ComponentType<?>> components,
      List<ConfigBlockType<?>> blocks,
      MeterRegistry registry,
      InstantSource clock) {
    this(agent, components, blocks, registry, clock, Outlets.NONE);
  }

  /// What expressions may do.
  EvaluationOptions evaluation() {
    return new EvaluationOptions(agent.minimumStability() == Stability.EXPERIMENTAL);
  }
}
