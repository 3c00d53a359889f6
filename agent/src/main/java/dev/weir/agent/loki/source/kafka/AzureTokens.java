package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.httpclient.Form;
import dev.weir.agent.httpclient.Header;
import dev.weir.agent.httpclient.HttpClient;
import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.httpclient.HttpRequest;
import dev.weir.agent.httpclient.HttpResponse;
import dev.weir.agent.httpclient.TokenAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks Azure for tokens, as who the environment says: a client with a secret or a federated token
/// (workload identity), else the managed identity of the machine.
///
/// Thread-safe.
final class AzureTokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int BODY_LIMIT = 64 << 10;
  private static final String PUBLIC_AUTHORITY = "https://login.microsoftonline.com";
  private static final String MACHINE = "http://169.254.169.254/metadata/identity/oauth2/token";
  private static final String ANY_ROLE = "/.default";

  private final List<String> scopes;
  private final Map<String, String> environment;

  /// A token.
  ///
  /// @param seconds it is good for
  record Token(String text, long seconds) {
    @Override
    public String toString() {
      return "token";
    }
  }

  AzureTokens(List<String> scopes, Map<String, String> environment) {
    this.scopes = List.copyOf(scopes);
    this.environment = Map.copyOf(environment);
  }

  List<String> scopes() {
    return scopes;
  }

  /// Asks for a token.
  ///
  /// @throws IOException when there is none to be had
  Token token() throws IOException {
    var arguments =
        new HttpClientArguments(
            null, null, true, false, Map.of(), null, null, true, Map.of(), null, null, null, null);
    try (var client = new HttpClient(arguments, "weir")) {
      HttpResponse response = client.send(request(), TIMEOUT, BODY_LIMIT);
      if (!response.isSuccess()) {
        throw new IOException("Azure gave no token: it answered with status " + response.status());
      }
      return parsed(response.body());
    }
  }

  private HttpRequest request() throws IOException {
    String tenant = environment.get("AZURE_TENANT_ID");
    String client = environment.get("AZURE_CLIENT_ID");
    String secret = environment.get("AZURE_CLIENT_SECRET");
    String file = environment.get("AZURE_FEDERATED_TOKEN_FILE");
    if (tenant != null && client != null && secret != null) {
      return ofClient(tenant, client, Map.of("client_secret", secret));
    }
    if (tenant != null && client != null && file != null) {
      String assertion = Files.readString(Path.of(file)).strip();
      return ofClient(
          tenant,
          client,
          Map.of(
              "client_assertion_type",
              "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
              "client_assertion",
              assertion));
    }
    return ofMachine(client);
  }

  private HttpRequest ofClient(String tenant, String client, Map<String, String> proof) {
    String authority = environment.getOrDefault("AZURE_AUTHORITY_HOST", PUBLIC_AUTHORITY);
    String base = authority.endsWith("/") ? authority : authority + "/";
    var form = new LinkedHashMap<String, String>(proof);
    form.put("grant_type", "client_credentials");
    form.put("client_id", client);
    form.put("scope", String.join(" ", scopes));
    return HttpRequest.post(
        URI.create(base + tenant + "/oauth2/v2.0/token"),
        List.of(new Header("Content-Type", "application/x-www-form-urlencoded")),
        Form.encoded(form).getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest ofMachine(@Nullable String client) {
    String endpoint = environment.get("IDENTITY_ENDPOINT");
    String header = environment.get("IDENTITY_HEADER");
    boolean ofService = endpoint != null && header != null;
    var query = new LinkedHashMap<String, String>();
    query.put("api-version", ofService ? "2019-08-01" : "2018-02-01");
    query.put("resource", resource());
    if (client != null) {
      query.put("client_id", client);
    }
    String address = endpoint != null && ofService ? endpoint : MACHINE;
    Header proof =
        header != null && ofService
            ? new Header("X-IDENTITY-HEADER", header)
            : new Header("Metadata", "true");
    return HttpRequest.get(URI.create(address + "?" + Form.encoded(query)), List.of(proof));
  }

  /// A machine's identity is asked for a resource, not for a scope of it.
  private String resource() {
    String scope = scopes.getFirst();
    return scope.endsWith(ANY_ROLE)
        ? scope.substring(0, scope.length() - ANY_ROLE.length())
        : scope;
  }

  private static Token parsed(byte[] json) throws IOException {
    var answer = TokenAnswer.parse(json, "Azure");
    if (answer.token().isEmpty() || answer.seconds() <= 0) {
      throw new IOException("Azure's answer holds no access_token, or none that lasts");
    }
    return new Token(answer.token(), answer.seconds());
  }
}
