package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.ContainerEvent;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.docker.EngineVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [Collector]'s thread learns from others.
sealed interface Signal {
  /// The Engine answers.
  record Connected(EngineVersion version) implements Signal {}

  /// These are all containers.
  record Listed(List<Container> containers) implements Signal {}

  /// Something happened to a container.
  record Happened(ContainerEvent event) implements Signal {}

  /// The Engine does not answer.
  record Lost(EngineException problem, Duration pause) implements Signal {}

  /// The component has new arguments.
  record Updated() implements Signal {}

  /// A container's file tail has ended.
  ///
  /// @param opened whether there ever was a file
  record TailEnded(String containerId, boolean opened) implements Signal {}

  /// A container's log stream has ended.
  ///
  /// @param refusal why the Engine gives none, or null when it ended as it should
  /// @param opened whether the Engine ever gave it
  record StreamEnded(String containerId, @Nullable EngineException refusal, boolean opened)
      implements Signal {}

  /// The Engine was asked about a container.
  ///
  /// @param details null when it does not tell
  /// @param problem why it does not, null when it does
  record Answered(
      String containerId,
      Inquiry inquiry,
      @Nullable ContainerDetails details,
      @Nullable EngineException problem)
      implements Signal {}
}
