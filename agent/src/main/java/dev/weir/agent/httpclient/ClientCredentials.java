package dev.weir.agent.httpclient;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.agent.component.Egress;
import dev.weir.agent.httpclient.HttpClientArguments.Oauth2;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
      String pair = Credentials.basic(encoded(arguments.clientId()), encoded(secret.text()));
      headers.add(new Header("Authorization", pair));
    }
    byte[] body = encoded(form).getBytes(StandardCharsets.UTF_8);
    var request = HttpRequest.post(URI.create(arguments.tokenUrl()), headers, body);
    long left = Math.max(1, deadline - System.nanoTime());
    return client.send(request, Duration.ofNanos(left), BODY_LIMIT);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Token parsed(byte[] json) throws IOException {
    String access = "";
    String type = "Bearer";
    long seconds = 0;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "access_token" -> access = parser.getValueAsString("");
          case "token_type" -> type = parser.getValueAsString("Bearer");
          case "expires_in" -> seconds = parser.getValueAsLong();
          default -> parser.skipChildren();
        }
      }
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      // Its message would quote the answer, which holds the token.
      throw new IOException("the OAuth 2.0 server's answer is not JSON");
    }
    if (access.isEmpty()) {
      throw new IOException("the OAuth 2.0 server's answer holds no access_token");
    }
    String scheme = type.equalsIgnoreCase("bearer") ? "Bearer" : type;
    long end = System.nanoTime() + Duration.ofSeconds(seconds).minus(EARLY).toNanos();
    return new Token(scheme + " " + access, seconds > 0, end);
  }
}
