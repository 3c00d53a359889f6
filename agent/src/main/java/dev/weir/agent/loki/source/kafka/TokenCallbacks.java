package dev.weir.agent.loki.source.kafka;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.jspecify.annotations.Nullable;

/// Gives Kafka's client tokens when it asks for them, which it does again before they expire. Kafka
/// makes it by its name.
public final class TokenCallbacks implements AuthenticateCallbackHandler {
  /// Where its [AzureTokens] are among the client's settings.
  static final String TOKENS = "weir.tokens";

  private @Nullable AzureTokens tokens;

  /// A token as Kafka wants it.
  private record Bearer(String value, Set<String> scope, long startMillis, long endMillis)
      implements OAuthBearerToken {
    @Override
    public long lifetimeMs() {
      return endMillis;
    }

    @Override
    public String principalName() {
      return "weir";
    }

    @Override
    public Long startTimeMs() {
      return startMillis;
    }

    @Override
    public String toString() {
      return "token";
    }
  }

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
    tokens = (AzureTokens) configs.get(TOKENS);
  }

  @Override
  public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      if (callback instanceof OAuthBearerTokenCallback wanted) {
        wanted.token(token());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  private Bearer token() throws IOException {
    AzureTokens known = tokens;
    if (known == null) {
      throw new IOException("no provider of tokens is configured");
    }
    // By the clock that Kafka's client compares it with.
    long now = InstantSource.system().millis();
    AzureTokens.Token token = known.token();
    long end = now + TimeUnit.SECONDS.toMillis(token.seconds());
    return new Bearer(token.text(), new HashSet<>(known.scopes()), now, end);
  }

  @Override
  public void close() {}
}
