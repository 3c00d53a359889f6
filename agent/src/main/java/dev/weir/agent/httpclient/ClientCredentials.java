package dev.weir.agent.httpclient;

import dev.weir.agent.component.Egress;
import dev.weir.agent.httpclient.HttpClientArguments.Oauth2;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OAuth 2.0 client credentials: fetches a token and keeps it until shortly before it expires, or
/// until the server refuses it.
///
/// Who the client is goes into an `Authorization` header first, and into the form for servers that
/// do not take that.
final class ClientCredentials implements Credentials {
  private static final Duration EARLY = Duration.ofSeconds(10);
  private static final int BODY_LIMIT = 64 << 10;

  private final Oauth2 arguments;
  private final HttpClient client;
  private final WatchedText secret;
  private @Nullable Token token;
  private boolean inForm;

  /// @param end by `System.nanoTime`
  private record Token(String authorization, boolean expires, long end) {
    boolean isFresh() {
      return !expires || System.nanoTime() - end < 0;
    }

    @Override
    public String toString() {
      return "token";
    }
  }

  ClientCredentials(Oauth2 arguments, String userAgent, Egress egress) {
    this.arguments = arguments;
    this.client = new HttpClient(clientArguments(arguments), userAgent, egress);
    var literal = arguments.clientSecret();
    this.secret =
        WatchedText.of(literal == null ? null : literal.reveal(), arguments.clientSecretFile());
  }

  private static HttpClientArguments clientArguments(Oauth2 arguments) {
    return new HttpClientArguments(
        null,
        null,
        true,
        true,
        Map.of(),
        arguments.proxyUrl(),
        arguments.noProxy(),
        arguments.proxyFromEnvironment(),
        arguments.proxyConnectHeader(),
        null,
        null,
        null,
        arguments.tlsConfig());
  }

  @Override
  public String authorization(long deadline) throws IOException {
    Token known = token;
    if (known == null || !known.isFresh()) {
      known = fetched(deadline);
      token = known;
    }
    return known.authorization();
  }

  @Override
  public void rejected() {
    token = null;
  }

  @Override
  public void close() {
    client.close();
  }

  private Token fetched(long deadline) throws IOException {
    HttpResponse response = asked(deadline);
    if (!response.isSuccess() && response.status() < 500) {
      inForm = !inForm;
      response = asked(deadline);
    }
    if (!response.isSuccess()) {
      throw new IOException("the OAuth 2.0 server answered with status " + response.status());
    }
    return parsed(response.body());
  }

  private HttpResponse asked(long deadline) throws IOException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    if (!arguments.scopes().isEmpty()) {
      form.put("scope", String.join(" ", arguments.scopes()));
    }
    form.putAll(arguments.endpointParams());
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
    headers.add(new Header("Accept", "application/json"));
    if (inForm) {
      form.put("client_id", arguments.clientId());
      form.put("client_secret", secret.text());
    } else {
      String pair =
          Credentials.basic(Form.encoded(arguments.clientId()), Form.encoded(secret.text()));
      headers.add(new Header("Authorization", pair));
    }
    byte[] body = Form.encoded(form).getBytes(StandardCharsets.UTF_8);
    var request = HttpRequest.post(URI.create(arguments.tokenUrl()), headers, body);
    long left = Math.max(1, deadline - System.nanoTime());
    return client.send(request, Duration.ofNanos(left), BODY_LIMIT);
  }

  private static Token parsed(byte[] json) throws IOException {
    var answer = TokenAnswer.parse(json, "the OAuth 2.0 server");
    if (answer.token().isEmpty()) {
      throw new IOException("the OAuth 2.0 server's answer holds no access_token");
    }
    String scheme = answer.type().equalsIgnoreCase("bearer") ? "Bearer" : answer.type();
    long end = System.nanoTime() + Duration.ofSeconds(answer.seconds()).minus(EARLY).toNanos();
    return new Token(scheme + " " + answer.token(), answer.seconds() > 0, end);
  }
}
