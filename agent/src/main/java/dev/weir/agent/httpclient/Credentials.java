package dev.weir.agent.httpclient;

import dev.weir.agent.component.Egress;
import dev.weir.agent.httpclient.HttpClientArguments.Authorization;
import dev.weir.agent.httpclient.HttpClientArguments.BasicAuth;
import dev.weir.agent.httpclient.HttpClientArguments.Oauth2;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Makes the `Authorization` header of a request, or none.
@FunctionalInterface
interface Credentials extends AutoCloseable {
  Credentials NONE = deadline -> null;

  /// The header's value.
  ///
  /// @param deadline by `System.nanoTime`, for what must be fetched first
  @Nullable String authorization(long deadline) throws IOException;

  /// The server did not accept what [#authorization] gave.
  default void rejected() {}

  /// Ends a request of its own that is under way. Any thread.
  @Override
  default void close() {}

  /// Those that the arguments describe.
  ///
  /// @param egress where a server of tokens may be
  static Credentials of(HttpClientArguments arguments, String userAgent, Egress egress) {
    BasicAuth basic = arguments.basicAuth();
    Authorization authorization = arguments.authorization();
    if (basic != null) {
      WatchedText password = text(basic.password(), basic.passwordFile());
      return deadline -> basic(basic.username(), password.text());
    }
    if (authorization != null) {
      WatchedText text = text(authorization.credentials(), authorization.credentialsFile());
      return deadline -> authorization.type() + " " + text.text();
    }
    Oauth2 oauth2 = arguments.oauth2();
    if (oauth2 != null) {
      return new ClientCredentials(oauth2, userAgent, egress);
    }
    return bearer(arguments.bearerToken(), arguments.bearerTokenFile());
  }

  private static Credentials bearer(@Nullable Secret token, @Nullable String file) {
    if (token == null && file == null) {
      return NONE;
    }
    WatchedText text = text(token, file);
    return deadline -> "Bearer " + text.text();
  }

  private static WatchedText text(@Nullable Secret secret, @Nullable String file) {
    return WatchedText.of(secret == null ? null : secret.reveal(), file);
  }

  /// From the `user:password` of a URI.
  static String basic(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? basic(userInfo, "")
        : basic(userInfo.substring(0, colon), userInfo.substring(colon + 1));
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
