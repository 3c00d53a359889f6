package dev.weir.agent.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What a pod is given to talk to the API server of its own cluster.
///
/// @param environment variables of the process
/// @param directory where the account's files are
public record ServiceAccount(Map<String, String> environment, Path directory) {
  /// That of this process.
  public static ServiceAccount own() {
    return new ServiceAccount(
        System.getenv(), Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
  }

  /// The namespace of the pod.
  ///
  /// @throws IOException when this is no pod
  public String namespace() throws IOException {
    try {
      return Files.readString(directory.resolve("namespace")).strip();
    } catch (IOException e) {
      throw new IOException("own namespace is not known: cannot read " + e.getMessage(), e);
    }
  }

  String address() throws IOException {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
    if (host.isEmpty() || port.isEmpty()) {
      throw new IOException(
          "not in a Kubernetes pod (KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not"
              + " set): api_server or kubeconfig_file is needed");
    }
    return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  String tokenFile() {
    return directory.resolve("token").toString();
  }

  String caFile() {
    return directory.resolve("ca.crt").toString();
  }
}
