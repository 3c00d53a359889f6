package dev.weir.agent.kubernetes;

import dev.weir.agent.httpclient.Header;
import dev.weir.agent.httpclient.ServerAccess;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Adds who we are, and the headers of the configuration, to every request. Tokens in files are
/// read again when they change, which those of service accounts do every hour.
final class Headers implements Interceptor {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ServerAccess access;

  Headers(ServerAccess access) {
    this.access = access;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    try {
      for (Header header : access.headers(TIMEOUT)) {
        builder.setHeader(header.name(), header.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
