package dev.weir.agent.httpclient;

import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Name;
import dev.weir.agent.river.eval.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How to reach an HTTP server: authentication, TLS and proxy, as every component takes them.
public record HttpClientArguments(
    @Nullable Secret bearerToken,
    @Nullable String bearerTokenFile,
    @Name("enable_http2") @Default("true") boolean enableHttp2,
    @Default("true") boolean followRedirects,
    @Default("{}") Map<String, List<Secret>> httpHeaders,
    @Nullable String proxyUrl,
    @Nullable String noProxy,
    @Default("false") boolean proxyFromEnvironment,
    @Default("{}") Map<String, List<Secret>> proxyConnectHeader,
    @BlockField @Nullable BasicAuth basicAuth,
    @BlockField @Nullable Authorization authorization,
    @BlockField @Nullable Oauth2 oauth2,
    @BlockField @Nullable TlsConfig tlsConfig) {
  public HttpClientArguments {
    long ways =
        Stream.of(bearerToken, bearerTokenFile, basicAuth, authorization, oauth2)
            .filter(way -> way != null)
            .count();
    if (ways > 1) {
      throw new IllegalArgumentException(
          "at most one of basic_auth, authorization, oauth2, bearer_token & bearer_token_file must"
              + " be configured");
    }
    checkProxy(proxyUrl, noProxy, proxyFromEnvironment, proxyConnectHeader);
  }

  private static void checkProxy(
      @Nullable String url,
      @Nullable String noProxy,
      boolean fromEnvironment,
      Map<String, List<Secret>> connectHeader) {
    boolean hasUrl = url != null && !url.isEmpty();
    boolean hasNoProxy = noProxy != null && !noProxy.isEmpty();
    if (fromEnvironment && hasUrl) {
      throw new IllegalArgumentException(
          "if proxy_from_environment is configured, proxy_url must not be configured");
    }
    if (fromEnvironment && hasNoProxy) {
      throw new IllegalArgumentException(
          "if proxy_from_environment is configured, no_proxy must not be configured");
    }
    if (hasNoProxy && !hasUrl) {
      throw new IllegalArgumentException(
          "if no_proxy is configured, proxy_url must also be configured");
    }
    if (!connectHeader.isEmpty() && !hasUrl && !fromEnvironment) {
      throw new IllegalArgumentException(
          "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be"
              + " configured");
    }
    if (url != null && hasUrl) {
      checkProxyUrl(url);
    }
  }

  private static void checkProxyUrl(String url) {
    try {
      var uri = new URI(url);
      if (uri.getHost() != null
          && List.of("http", "socks5", "socks5h").contains(String.valueOf(uri.getScheme()))) {
        return;
      }
    } catch (URISyntaxException e) {
      // Its message repeats the URL, which may hold a password.
    }
    throw new IllegalArgumentException("proxy_url must be http://... or socks5://...");
  }

  /// User and password.
  public record BasicAuth(
      @Default("\"\"") String username, @Nullable Secret password, @Nullable String passwordFile) {
    public BasicAuth {
      if (password != null && passwordFile != null) {
        throw new IllegalArgumentException(
            "at most one of basic_auth password & password_file must be configured");
      }
    }
  }

  /// An `Authorization` header.
  public record Authorization(
      @Default("\"Bearer\"") String type,
      @Nullable Secret credentials,
      @Nullable String credentialsFile) {
    public Authorization {
      if (credentials != null && credentialsFile != null) {
        throw new IllegalArgumentException(
            "at most one of authorization credentials & credentials_file must be configured");
      }
    }
  }

  /// OAuth 2.0 client credentials.
  public record Oauth2(
      @Default("\"\"") String clientId,
      @Nullable Secret clientSecret,
      @Nullable String clientSecretFile,
      @Default("[]") List<String> scopes,
      @Default("\"\"") String tokenUrl,
      @Default("{}") Map<String, String> endpointParams,
      @Nullable String proxyUrl,
      @Nullable String noProxy,
      @Default("false") boolean proxyFromEnvironment,
      @Default("{}") Map<String, List<Secret>> proxyConnectHeader,
      @BlockField @Nullable TlsConfig tlsConfig) {
    public Oauth2 {
      if (clientSecret != null && clientSecretFile != null) {
        throw new IllegalArgumentException(
            "at most one of oauth2 client_secret & client_secret_file must be configured");
      }
    }
  }

  /// TLS: what to trust and who we are. PEM text and PEM file of the same kind exclude each other.
  public record TlsConfig(
      @Nullable String caPem,
      @Nullable String caFile,
      @Nullable String certPem,
      @Nullable String certFile,
      @Nullable Secret keyPem,
      @Nullable String keyFile,
      @Nullable String serverName,
      @Default("false") boolean insecureSkipVerify,
      @Nullable String minVersion) {
    public TlsConfig {
      exclusive(caPem, caFile, "at most one of ca_pem and ca_file must be configured");
      exclusive(certPem, certFile, "at most one of cert_pem and cert_file must be configured");
      exclusive(keyPem, keyFile, "at most one of key_pem and key_file must be configured");
      if (minVersion != null && !List.of("TLS10", "TLS11", "TLS12", "TLS13").contains(minVersion)) {
        throw new IllegalArgumentException("unknown TLS version: " + minVersion);
      }
    }

    private static void exclusive(@Nullable Object one, @Nullable Object other, String message) {
      if (one != null && other != null) {
        throw new IllegalArgumentException(message);
      }
    }
  }
}
