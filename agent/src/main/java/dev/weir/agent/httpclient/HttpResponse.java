package dev.weir.agent.httpclient;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer.
///
/// @param body as much of it as the request's limit allowed
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpResponse(int status, List<Header> headers, byte[] body) {
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /// The value of the first header of that name, or null.
  public @Nullable String header(String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  /// The body as text.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
