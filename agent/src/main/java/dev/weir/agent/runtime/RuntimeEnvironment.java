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
/// @param surroundings what distinguishes the configuration from others in the process
public record RuntimeEnvironment(
    AgentSettings agent,
    List<ComponentType<?>> components,
    List<ConfigBlockType<?>> blocks,
    MeterRegistry registry,
    InstantSource clock,
    Outlets outlets,
    Surroundings surroundings) {
  public RuntimeEnvironment {
    components = List.copyOf(components);
    blocks = List.copyOf(blocks);
  }

  /// For the configuration that the agent is started with.
  public RuntimeEnvironment(
      AgentSettings agent,
      List<ComponentType<?>> components,
      List<ConfigBlockType<?>> blocks,
      MeterRegistry registry,
      InstantSource clock,
      Outlets outlets) {
    this(agent, components, blocks, registry, clock, outlets, Surroundings.root(agent));
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

  /// For a configuration of its own: without blocks for the whole agent.
  ///
  /// @param meters take those of its components
  /// @param watched sees what they pass on
  public RuntimeEnvironment within(Surroundings module, MeterRegistry meters, Outlets watched) {
    return new RuntimeEnvironment(agent, components, List.of(), meters, clock, watched, module);
  }

  /// What expressions may do.
  EvaluationOptions evaluation() {
    return new EvaluationOptions(agent.minimumStability() == Stability.EXPERIMENTAL);
  }
}
