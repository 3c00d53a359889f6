package dev.weir.agent.remote.kubernetes.configmap;

import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.remote.kubernetes.ObjectPoll;
import dev.weir.agent.remote.kubernetes.PollArguments;
import java.util.Map;

/// Exports the data of a ConfigMap.
public final class RemoteKubernetesConfigmap {
  public static final ComponentType<PollArguments> TYPE =
      new ComponentType<>(
          "remote.kubernetes.configmap",
          Stability.GENERALLY_AVAILABLE,
          PollArguments.class,
          Exports.class,
          (arguments, context) ->
              new ObjectPoll(reader -> new Exports(reader.configMap()), arguments, context));

  private RemoteKubernetesConfigmap() {}

  /// What others refer to.
  ///
  /// @param data its values, by key
  public record Exports(Map<String, String> data) {}
}
