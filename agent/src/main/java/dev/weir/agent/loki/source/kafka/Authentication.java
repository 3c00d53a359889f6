package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.httpclient.HttpClientArguments.TlsConfig;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The block `authentication`: how brokers learn who we are.
///
/// @param type `none`, `ssl` or `sasl`
/// @param tlsConfig for `ssl`; that of `sasl` is in its own block
/// @param saslConfig for `sasl`
public record Authentication(
    @Default("\"none\"") String type,
    @BlockField @Nullable TlsConfig tlsConfig,
    @BlockField @Default SaslConfig saslConfig) {
  private static final String NONE = "none";
  private static final String SSL = "ssl";
  private static final String SASL = "sasl";

  /// @throws IllegalArgumentException when something is unknown or missing
  public Authentication {
    type = type.isEmpty() ? NONE : type;
    if (!List.of(NONE, SSL, SASL).contains(type)) {
      throw new IllegalArgumentException(
          "unsupported authentication type \"" + type + "\"; it must be none, ssl or sasl");
    }
    if (type.equals(SASL)) {
      saslConfig.check();
    }
  }

  /// Whether a mechanism of SASL is spoken.
  boolean isSasl() {
    return type.equals(SASL);
  }

  /// Whether connections are encrypted.
  boolean isTls() {
    return type.equals(SSL) || (isSasl() && saslConfig.useTls());
  }

  /// What TLS uses, or null for what the JDK trusts.
  @Nullable TlsConfig tls() {
    return isSasl() ? saslConfig.tlsConfig() : tlsConfig;
  }

  /// The block `sasl_config`.
  ///
  /// @param mechanism `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`
  /// @param user the user's name
  /// @param password the password
  /// @param useTls whether connections are encrypted
  /// @param tlsConfig what to trust and who we are
  /// @param oauthConfig for `OAUTHBEARER`
  public record SaslConfig(
      @Default("\"PLAIN\"") String mechanism,
      @Default("\"\"") String user,
      @Nullable Secret password,
      @Default("false") boolean useTls,
      @BlockField @Nullable TlsConfig tlsConfig,
      @BlockField @Nullable OauthConfig oauthConfig) {
    private static final String OAUTHBEARER = "OAUTHBEARER";
    private static final List<String> WITH_PASSWORD =
        List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    /// Checked only where SASL is spoken: the block may stand there unused.
    void check() {
      if (isOauth()) {
        if (oauthConfig == null) {
          throw new IllegalArgumentException("mechanism OAUTHBEARER needs an oauth_config block");
        }
        return;
      }
      if (!WITH_PASSWORD.contains(mechanism)) {
        throw new IllegalArgumentException(
            "unsupported sasl mechanism \""
                + mechanism
                + "\"; it must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER");
      }
      if (user.isEmpty()) {
        throw new IllegalArgumentException("user must not be empty for mechanism " + mechanism);
      }
      if (password == null || password.reveal().isEmpty()) {
        throw new IllegalArgumentException("password must not be empty for mechanism " + mechanism);
      }
    }

    boolean isOauth() {
      return mechanism.equals(OAUTHBEARER);
    }
  }

  /// The block `oauth_config`.
  ///
  /// @param tokenProvider who gives tokens: `azure`
  /// @param scopes that a token is asked for
  public record OauthConfig(String tokenProvider, List<String> scopes) {
    /// @throws IllegalArgumentException when the provider is unknown
    public OauthConfig {
      scopes = List.copyOf(scopes);
      if (!tokenProvider.equals("azure")) {
        throw new IllegalArgumentException(
            "token provider \"" + tokenProvider + "\" is not supported; it must be azure");
      }
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("scopes must not be empty");
      }
    }
  }
}
