package dev.weir.agent.httpclient;

import static dev.weir.agent.httpclient.Clients.client;
import static dev.weir.agent.httpclient.Clients.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OauthTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

  private static String answer(int status, String body) {
    return "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String block(RawServer tokens) {
    return """
    oauth2 {
      client_id       = "me"
      client_secret   = "hush hush"
      scopes          = ["a", "b"]
      endpoint_params = { audience = "loki&co" }
      token_url       = "%stoken"
    }
    """
        .formatted(tokens.url());
  }

  @Test
  void fetchesATokenOnceAndSendsIt() throws Exception {
    String token =
        "{\"extra\":{\"x\":[1]},\"access_token\":\"t1\",\"token_type\":\"bearer\",\"expires_in\":3600}";
    try (var tokens = RawServer.answering(answer(200, token));
        var server = RawServer.answering(OK);
        var client = client(block(tokens))) {
      get(client, server.url());
      get(client, server.url());

      assertThat(server.requests()).allMatch(r -> r.contains("Authorization: Bearer t1\r\n"));
      assertThat(tokens.requests()).hasSize(1);
      assertThat(tokens.requests().getFirst())
          .startsWith("POST /token HTTP/1.1\r\n")
          .contains("Authorization: Basic bWU6aHVzaCtodXNo\r\n")
          .endsWith("grant_type=client_credentials&scope=a+b&audience=loki%26co");
    }
  }

  @Test
  void fetchesAnotherWhenItExpiresOrIsRefused() throws Exception {
    var count = new AtomicInteger();
    try (var tokens =
            new RawServer((self, socket) -> {
              while (!self.request(socket).isEmpty()) {
                String body =
                    "{\"access_token\":\"t" + count.incrementAndGet() + "\",\"expires_in\":5}";
                RawServer.write(socket, answer(200, body));
              }
            });
        var server = RawServer.answering(OK);
        var client = client(block(tokens))) {
      get(client, server.url());
      get(client, server.url());
      assertThat(server.requests().get(1)).contains("Authorization: Bearer t2\r\n");
    }
  }

  @Test
  void tellsWhoItIsInTheFormWhenTheHeaderIsNotTaken() throws Exception {
    try (var tokens =
            new RawServer((self, socket) -> {
              for (String r = self.request(socket); !r.isEmpty(); r = self.request(socket)) {
                boolean inForm = r.endsWith("client_id=me&client_secret=hush+hush");
                RawServer.write(
                    socket, inForm ? answer(200, "{\"access_token\":\"t\"}") : answer(401, ""));
              }
            });
        var server = RawServer.answering(OK);
        var client = client(block(tokens))) {
      assertThat(get(client, server.url()).status()).isEqualTo(200);
    }
  }

  @Test
  void saysThatThereIsNoTokenWithoutTellingASecret() throws Exception {
    try (var tokens = RawServer.answering(answer(200, "{\"access_token\": hush"));
        var server = RawServer.answering(OK);
        var client = client(block(tokens))) {
      assertThatThrownBy(() -> get(client, server.url()))
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("hush");
      assertThat(server.requests()).isEmpty();
    }
  }
}
