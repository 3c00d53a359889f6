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
///
/// @param bearerToken sent in an `Authorization` header
/// @param bearerTokenFile a file that holds the token, read again when it changes
/// @param enableHttp2 accepted; HTTP/1.1 is spoken
/// @param followRedirects whether to go where the server sends
/// @param httpHeaders sent with every request
/// @param proxyUrl proxy: `http://...`
/// @param noProxy hosts and networks that are reached without it, separated by commas
/// @param proxyFromEnvironment whether `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say the proxy
/// @param proxyConnectHeader sent to the proxy
/// @param basicAuth user and password. At most one of `basic_auth`, `authorization`, `oauth2`,
///   `bearer_token` and `bearer_token_file` may be given
/// @param authorization an `Authorization` header
/// @param oauth2 OAuth 2.0 with client credentials
/// @param tlsConfig TLS: what to trust and who we are. Text and file of the same kind exclude each
///   other
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
  ///
  /// @param username the user's name
  /// @param password the password
  /// @param passwordFile a file that holds the password, read again when it changes
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
  ///
  /// @param type the first word of the header
  /// @param credentials the rest of it
  /// @param credentialsFile a file that holds the rest, read again when it changes
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
  ///
  /// @param clientId name of this client
  /// @param clientSecret its secret
  /// @param clientSecretFile a file that holds the secret, read again when it changes
  /// @param scopes asked for
  /// @param tokenUrl where tokens are fetched
  /// @param endpointParams further parameters of that request
  /// @param proxyUrl proxy on the way there: `http://...`
  /// @param noProxy hosts and networks that are reached without it, separated by commas
  /// @param proxyFromEnvironment whether `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say the proxy
  /// @param proxyConnectHeader sent to the proxy
  /// @param tlsConfig TLS on the way there
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
  ///
  /// @param caPem certificates to trust instead of the system's
  /// @param caFile a file of such certificates
  /// @param certPem certificate to show
  /// @param certFile a file that holds it
  /// @param keyPem key of that certificate
  /// @param keyFile a file that holds it
  /// @param serverName name that the server's certificate must have
  /// @param insecureSkipVerify whether any certificate will do
  /// @param minVersion the oldest version allowed: `TLS10` to `TLS13`
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
