package dev.weir.agent.remote.kubernetes;

import dev.weir.agent.kubernetes.Cluster;
import dev.weir.agent.kubernetes.Problems;
import dev.weir.agent.kubernetes.ServiceAccount;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one object; made anew for every time, as a client between two polls would only cost.
///
/// Not thread-safe.
public final class ObjectReader implements AutoCloseable {
  private final PollArguments arguments;
  private final KubernetesClient client;

  ObjectReader(PollArguments arguments, ServiceAccount account, String userAgent)
      throws IOException {
    this.arguments = arguments;
    this.client = Cluster.connect(arguments.client(), account, userAgent);
    client.getConfiguration().setRequestTimeout((int) arguments.pollTimeout().toMillis());
  }

  /// The data of the Secret of that name, decoded.
  ///
  /// @throws IOException when there is none, or no answer
  public Map<String, dev.weir.agent.river.eval.Secret> secret() throws IOException {
    Secret found = found(Secret.class);
    var data = new HashMap<String, dev.weir.agent.river.eval.Secret>();
    Map<String, String> encoded = found.getData();
    if (encoded != null) {
      encoded.forEach((name, value) -> {
        String text = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        data.put(name, new dev.weir.agent.river.eval.Secret(text));
      });
    }
    return data;
  }

  /// The data of the ConfigMap of that name.
  ///
  /// @throws IOException when there is none, or no answer
  public Map<String, String> configMap() throws IOException {
    Map<String, String> data = found(ConfigMap.class).getData();
    return data == null ? Map.of() : new HashMap<>(data);
  }

  private <T extends HasMetadata> T found(Class<T> type) throws IOException {
    @Nullable T object;
    try {
      object =
          client
              .resources(type)
              .inNamespace(arguments.namespace())
              .withName(arguments.name())
              .get();
    } catch (RuntimeException e) {
      throw new IOException(Problems.text(e), e);
    }
    if (object == null) {
      throw new IOException(
          type.getSimpleName()
              + " "
              + arguments.namespace()
              + "/"
              + arguments.name()
              + " not found");
    }
    return object;
  }

  @Override
  public void close() {
    client.close();
  }
}
