package dev.weir.agent.remote.kubernetes.secret;

import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.remote.kubernetes.ObjectPoll;
import dev.weir.agent.remote.kubernetes.PollArguments;
import dev.weir.agent.river.eval.Secret;
import java.util.Map;

/// Exports the data of a Secret.
public final class RemoteKubernetesSecret {
  public static final ComponentType<PollArguments> TYPE =
      new ComponentType<>(
          "remote.kubernetes.secret",
          Stability.GENERALLY_AVAILABLE,
          PollArguments.class,
          Exports.class,
          (arguments, context) ->
              new ObjectPoll(reader -> new Exports(reader.secret()), arguments, context));

  private RemoteKubernetesSecret() {}

  /// What others refer to.
  ///
  /// @param data its values, by key
  public record Exports(Map<String, Secret> data) {}
}
