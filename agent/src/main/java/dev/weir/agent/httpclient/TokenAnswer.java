package dev.weir.agent.httpclient;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// What an OAuth 2.0 server says when it gives a token. Immutable; does not show the token as text.
///
/// @param token the access token; empty if there is none
/// @param type `Bearer` if the server does not say
/// @param seconds how long it is good for; 0 if the server does not say
public record TokenAnswer(String token, String type, long seconds) {
  /// Reads the answer's body.
  ///
  /// @param server whose answer it is, for messages
  /// @throws IOException when it is no JSON
  public static TokenAnswer parse(byte[] json, String server) throws IOException {
    String token = "";
    String type = "Bearer";
    long seconds = 0;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "access_token" -> token = parser.getValueAsString("");
          case "token_type" -> type = parser.getValueAsString("Bearer");
          case "expires_in" -> seconds = parser.getValueAsLong();
          default -> parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      // Its message would quote the answer, which holds the token.
      throw new IOException(server + "'s answer is not JSON");
    }
    return new TokenAnswer(token, type, seconds);
  }

  @Override
  public String toString() {
    return "token";
  }
}
