package dev.weir.agent.kubernetes;

import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.httpclient.ServerAccess;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes clients of API servers.
public final class Cluster {
  private static final int NO_RETRIES = 0;

  private Cluster() {}

  /// A client; nothing has been sent yet. To be closed by the caller.
  ///
  /// It does not retry: what uses it knows better what to tell, and how long to wait.
  ///
  /// @param userAgent as the API server's audit log shows it
  /// @throws IOException when a file it needs is missing or damaged, or there is no cluster
  public static KubernetesClient connect(
      ClientArguments arguments, ServiceAccount account, String userAgent) throws IOException {
    if (!arguments.kubeconfigFile().isEmpty()) {
      return client(kubeconfig(arguments.kubeconfigFile()), userAgent, Transport.plain(), null);
    }
    if (!arguments.apiServer().isEmpty()) {
      return client(arguments.apiServer(), arguments.http(), account, userAgent);
    }
    HttpClientArguments http =
        ClientArguments.serviceAccount(account.tokenFile(), account.caFile());
    return client(account.address(), http, account, userAgent);
  }

  private static Config kubeconfig(String file) throws IOException {
    File existing = new File(file);
    if (!existing.canRead()) {
      throw new IOException("cannot read kubeconfig_file " + file);
    }
    try {
      return Config.fromKubeconfig(existing);
    } catch (RuntimeException e) {
      throw new IOException("kubeconfig_file " + file + ": " + e.getMessage(), e);
    }
  }

  private static KubernetesClient client(
      String address, HttpClientArguments http, ServiceAccount account, String userAgent)
      throws IOException {
    Config config = Config.empty();
    config.setMasterUrl(address);
    config.setHttp2Disable(!http.enableHttp2());
    if (http.proxyFromEnvironment()) {
      Map<String, String> environment = account.environment();
      proxies(
          config,
          variable(environment, "http_proxy"),
          variable(environment, "https_proxy"),
          variable(environment, "no_proxy"));
    } else {
      String proxy = Objects.requireNonNullElse(http.proxyUrl(), "");
      proxies(config, proxy, proxy, Objects.requireNonNullElse(http.noProxy(), ""));
    }
    return client(config, userAgent, Transport.of(http), new ServerAccess(http, userAgent));
  }

  private static String variable(Map<String, String> environment, String name) {
    String upper = environment.get(name.toUpperCase(Locale.ROOT));
    return upper != null ? upper : environment.getOrDefault(name, "");
  }

  private static void proxies(Config config, String plain, String secure, String exceptions) {
    if (!plain.isEmpty()) {
      config.setHttpProxy(plain);
    }
    if (!secure.isEmpty()) {
      config.setHttpsProxy(secure);
    }
    config.setNoProxy(
        Stream.of(exceptions.split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toArray(String[]::new));
  }

  private static KubernetesClient client(
      Config config, String userAgent, Transport transport, @Nullable ServerAccess access)
      throws IOException {
    config.setUserAgent(userAgent);
    config.setRequestRetryBackoffLimit(NO_RETRIES);
    try {
      return new KubernetesClientBuilder()
          .withConfig(config)
          .withKubernetesSerialization(Kinds.ofTheAgent())
          .withHttpClientFactory(transport)
          .withHttpClientBuilderConsumer(builder -> {
            if (access != null) {
              builder.addOrReplaceInterceptor("weir", new Headers(access));
            }
          })
          .withTaskExecutor(task -> Thread.ofVirtual().name("kubernetes").start(task))
          .build();
    } catch (RuntimeException e) {
      throw new IOException(Problems.text(e), e);
    }
  }
}
