package dev.weir.agent.httpclient;

import dev.weir.agent.httpclient.HttpClientArguments.Authorization;
import dev.weir.agent.httpclient.HttpClientArguments.BasicAuth;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Makes the `Authorization` header of a request, or none.
@FunctionalInterface
interface Credentials {
  Credentials NONE = deadline -> null;

  /// The header's value.
  ///
  /// @param deadline by `System.nanoTime`, for what must be fetched first
  @Nullable String authorization(long deadline) throws IOException;

  static Credentials of(HttpClientArguments arguments) {
    BasicAuth basic = arguments.basicAuth();
    Authorization authorization = arguments.authorization();
    if (basic != null) {
      SecretText password = SecretText.of(basic.password(), basic.passwordFile());
      return deadline -> basic(basic.username(), password.text());
    }
    if (authorization != null) {
      SecretText text = SecretText.of(authorization.credentials(), authorization.credentialsFile());
      return deadline -> authorization.type() + " " + text.text();
    }
    return bearer(arguments.bearerToken(), arguments.bearerTokenFile());
  }

  private static Credentials bearer(@Nullable Secret token, @Nullable String file) {
    if (token == null && file == null) {
      return NONE;
    }
    SecretText text = SecretText.of(token, file);
    return deadline -> "Bearer " + text.text();
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
