package dev.weir.agent.httpclient;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which proxy a request goes through, by the rules that Go programs follow.
///
/// With a list of exceptions, or taken from the environment, requests to this machine never go
/// through a proxy; with a proxy URL alone, all do.
final class ProxySettings {
  private final @Nullable URI plain;
  private final @Nullable URI secure;
  private final List<ProxyException> exceptions;
  private final boolean alsoLocal;

  private ProxySettings(
      @Nullable URI plain, @Nullable URI secure, String noProxy, boolean alsoLocal) {
    this.plain = plain;
    this.secure = secure;
    this.exceptions =
        Stream.of(noProxy.split(","))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(ProxyException::new)
            .toList();
    this.alsoLocal = alsoLocal;
  }

  static ProxySettings of(HttpClientArguments arguments, Map<String, String> environment) {
    if (arguments.proxyFromEnvironment()) {
      return new ProxySettings(
          uri(variable(environment, "http_proxy")),
          uri(variable(environment, "https_proxy")),
          variable(environment, "no_proxy"),
          false);
    }
    URI proxy = uri(arguments.proxyUrl());
    String noProxy = arguments.noProxy();
    return new ProxySettings(
        proxy, proxy, noProxy == null ? "" : noProxy, noProxy == null || noProxy.isEmpty());
  }

  private static String variable(Map<String, String> environment, String name) {
    String upper = environment.get(name.toUpperCase(Locale.ROOT));
    return upper != null ? upper : environment.getOrDefault(name, "");
  }

  private static @Nullable URI uri(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return URI.create(text.contains("://") ? text : "http://" + text);
  }

  /// The proxy for requests to a URI, null for none.
  @Nullable URI proxyFor(URI target) {
    String host = target.getHost();
    if (!alsoLocal && ProxyException.isThisMachine(host)) {
      return null;
    }
    int port = Dialer.port(target);
    if (exceptions.stream().anyMatch(exception -> exception.covers(host, port))) {
      return null;
    }
    return target.getScheme().equals("https") ? secure : plain;
  }
}
