package dev.weir.agent.kubernetes;

import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Squash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which API server to talk to, and as whom: the arguments of a `client` block.
///
/// Without an address the service account of the pod is used.
///
/// @param apiServer URL of the API server; empty to find it by the pod's service account, or by the
///   kubeconfig
/// @param kubeconfigFile a kubeconfig file to use instead
/// @param http applies with `api_server` only: a kubeconfig file and a service account say it all
///   themselves
public record ClientArguments(
    @Default("\"\"") String apiServer,
    @Default("\"\"") String kubeconfigFile,
    @Squash HttpClientArguments http) {
  private static final HttpClientArguments NOTHING_SAID =
      new HttpClientArguments(
          null, null, true, true, Map.of(), null, null, false, Map.of(), null, null, null, null);

  /// For when there is no block.
  public static final ClientArguments IN_CLUSTER = new ClientArguments("", "", NOTHING_SAID);

  /// @throws IllegalArgumentException when arguments do not go together
  public ClientArguments {
    if (!apiServer.isEmpty() && !kubeconfigFile.isEmpty()) {
      throw new IllegalArgumentException(
          "at most one of api_server and kubeconfig_file must be configured");
    }
    if (!apiServer.isEmpty() && !apiServer.matches("https?://[^/].*")) {
      throw new IllegalArgumentException("api_server must be http://... or https://...");
    }
    if (apiServer.isEmpty() && !http.equals(NOTHING_SAID)) {
      throw new IllegalArgumentException(
          "to use custom HTTP client configuration, api_server must be configured");
    }
    checkSupported(http);
  }

  private static void checkSupported(HttpClientArguments http) {
    String proxy = http.proxyUrl();
    HttpClientArguments.TlsConfig tls = http.tlsConfig();
    if (proxy != null && hasText(proxy) && !proxy.startsWith("http://")) {
      throw new IllegalArgumentException("proxy_url of a Kubernetes client must be http://...");
    }
    if (!http.proxyConnectHeader().isEmpty()) {
      throw new IllegalArgumentException(
          "proxy_connect_header is not implemented for Kubernetes clients");
    }
    if (tls != null && hasText(tls.serverName())) {
      throw new IllegalArgumentException("server_name is not implemented for Kubernetes clients");
    }
  }

  private static boolean hasText(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  /// What the files of a pod's service account give.
  static HttpClientArguments serviceAccount(String tokenFile, String caFile) {
    var tls =
        new HttpClientArguments.TlsConfig(null, caFile, null, null, null, null, null, false, null);
    return new HttpClientArguments(
        null, tokenFile, true, true, Map.of(), null, null, false, Map.of(), null, null, null, tls);
  }
}
