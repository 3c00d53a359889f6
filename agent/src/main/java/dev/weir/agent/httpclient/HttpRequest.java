package dev.weir.agent.httpclient;

import java.net.URI;
import java.util.List;

/// A request. The body is the first `length` bytes of an array that is not changed meanwhile.
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpRequest(String method, URI uri, List<Header> headers, byte[] body, int length) {
  private static final byte[] NO_BODY = {};

  /// A request without a body.
  public static HttpRequest get(URI uri, List<Header> headers) {
    return new HttpRequest("GET", uri, headers, NO_BODY, 0);
  }

  /// A POST of a whole array.
  public static HttpRequest post(URI uri, List<Header> headers, byte[] body) {
    return new HttpRequest("POST", uri, headers, body, body.length);
  }

  HttpRequest to(URI target) {
    return new HttpRequest(method, target, headers, body, length);
  }
}
