package dev.weir.agent.kubernetes;

import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.httpclient.TlsSettings;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// The JDK's HTTP client, on virtual threads, with TLS as every other client of the agent has it.
final class Transport extends JdkHttpClientFactory {
  private final @Nullable SSLContext context;
  private final SSLParameters parameters = new SSLParameters();
  private final boolean followRedirects;

  private Transport(@Nullable SSLContext context, boolean followRedirects) {
    this.context = context;
    this.followRedirects = followRedirects;
  }

  /// TLS as a kubeconfig file describes it.
  static Transport plain() {
    return new Transport(null, true);
  }

  /// @throws IOException when a certificate or key cannot be read
  static Transport of(HttpClientArguments http) throws IOException {
    if (http.tlsConfig() == null) {
      return new Transport(null, http.followRedirects());
    }
    var settings = new TlsSettings(http.tlsConfig());
    var transport = new Transport(settings.context(), http.followRedirects());
    settings.apply(transport.parameters);
    return transport;
  }

  @Override
  protected HttpClient.Builder createNewHttpClientBuilder() {
    return HttpClient.newBuilder()
        .executor(task -> Thread.ofVirtual().name("kubernetes-http").start(task));
  }

  @Override
  protected void additionalConfig(HttpClient.Builder builder) {
    if (context != null) {
      builder.sslContext(context).sslParameters(parameters);
    }
    if (!followRedirects) {
      builder.followRedirects(HttpClient.Redirect.NEVER);
    }
  }
}
