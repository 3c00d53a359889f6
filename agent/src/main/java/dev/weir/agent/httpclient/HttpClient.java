package dev.weir.agent.httpclient;

import dev.weir.agent.component.Egress;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A small blocking HTTP/1.1 client over a plain socket, for requests one after the other.
///
/// Written by hand because pushes are the agent's steady load: 600 of them cost 0.2 CPU-seconds and
/// 2 MB of memory here; Apache HttpClient 5 took 1.9 CPU-seconds and 38 MB, the JDK's own client
/// 3.2 and 50 MB. Keeps one connection alive; a request that fails on a connection the server had
/// meanwhile closed is sent once more on a new one. `enable_http2` is accepted, HTTP/1.1 is spoken.
///
/// Used by one thread; [#abort] and [#abortOverdue] may be called by any.
public final class HttpClient implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;

  private final HttpClientArguments arguments;
  private final String userAgent;
  private final Egress egress;
  private final Credentials credentials;
  private final AtomicReference<@Nullable Socket> current = new AtomicReference<>();
  private final Dialer dialer;
  private @Nullable HttpConnection connection;
  private volatile boolean closed;
  private volatile long deadline;
  private volatile boolean busy;

  /// @param userAgent such as `Weir/1.0`
  public HttpClient(HttpClientArguments arguments, String userAgent) {
    this(arguments, userAgent, Egress.OPEN);
  }

  /// @param userAgent such as `Weir/1.0`
  /// @param egress where connections may lead: those to servers of tokens and to proxies, too
  public HttpClient(HttpClientArguments arguments, String userAgent, Egress egress) {
    this.arguments = arguments;
    this.userAgent = userAgent;
    this.egress = egress;
    this.credentials = Credentials.of(arguments, userAgent, egress);
    this.dialer = new Dialer(arguments, current, egress);
  }

  /// Sends a request and waits for its answer, whatever its status.
  ///
  /// @param timeout for everything: look-up, connection, TLS, sending, receiving
  /// @param bodyLimit bytes of the answer's body to keep
  /// @throws EgressException when it leads where it must not
  /// @throws IOException when there was no complete answer; the server may have acted all the same
  public HttpResponse send(HttpRequest request, Duration timeout, int bodyLimit)
      throws IOException {
    deadline = System.nanoTime() + timeout.toNanos();
    busy = true;
    try {
      return followed(request, bodyLimit);
    } finally {
      busy = false;
    }
  }

  private HttpResponse followed(HttpRequest first, int bodyLimit) throws IOException {
    HttpRequest request = first;
    for (int i = 0; ; i++) {
      boolean trusted = sameOrigin(first.uri(), request.uri());
      HttpResponse response = exchanged(request, trusted, bodyLimit);
      if (response.status() == 401) {
        credentials.rejected();
      }
      URI target = arguments.followRedirects() ? target(request, response) : null;
      if (target == null) {
        return response;
      }
      if (!egress.isOpen() && !sameOrigin(first.uri(), target)) {
        throw new EgressException("destination denied: redirected to another server");
      }
      if (i == MAX_REDIRECTS) {
        throw new IOException("stopped after " + MAX_REDIRECTS + " redirects");
      }
      request = request.to(target);
    }
  }

  /// Where to send the request instead. 301 to 303 would turn a POST into a GET, whose success says
  /// nothing about the POST, so that only requests without a body follow them.
  private static @Nullable URI target(HttpRequest request, HttpResponse response)
      throws IOException {
    int status = response.status();
    boolean keepsMethod = status == 307 || status == 308;
    boolean mayChangeIt = status >= 301 && status <= 303 && request.length() == 0;
    String location = response.header("Location");
    if (location == null || !(keepsMethod || mayChangeIt)) {
      return null;
    }
    try {
      URI target = request.uri().resolve(location);
      return isHttp(target) ? target : null;
    } catch (IllegalArgumentException e) {
      throw new IOException("redirected to something that is not a URL", e);
    }
  }

  private static boolean isHttp(URI uri) {
    return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equals(other.getHost())
        && Dialer.port(one) == Dialer.port(other);
  }

  private HttpResponse exchanged(HttpRequest request, boolean trusted, int bodyLimit)
      throws IOException {
    String head = head(request, trusted);
    HttpConnection kept = keptFor(dialer.endpoint(request.uri()));
    if (kept != null) {
      try {
        return exchanged(kept, head, request, bodyLimit);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (kept.answerHasStarted() || closed || System.nanoTime() - deadline >= 0) {
          throw e;
        }
        // The server had closed the idle connection; the same bytes go over a new one.
      }
    }
    HttpConnection fresh = dialer.open(dialer.endpoint(request.uri()), deadline);
    return exchanged(fresh, head, request, bodyLimit);
  }

  private @Nullable HttpConnection keptFor(HttpConnection.Endpoint endpoint) {
    HttpConnection kept = connection;
    connection = null;
    if (kept != null && !kept.endpoint().equals(endpoint)) {
      kept.close();
      return null;
    }
    return kept;
  }

  private HttpResponse exchanged(
      HttpConnection over, String head, HttpRequest request, int bodyLimit) throws IOException {
    boolean reusable = false;
    try {
      if (closed) {
        throw new SocketException("client closed");
      }
      HttpResponse response = over.exchange(head, request, deadline, bodyLimit);
      reusable = over.isReusable();
      return response;
    } finally {
      if (reusable) {
        connection = over;
      } else {
        over.close();
      }
    }
  }

  private String head(HttpRequest request, boolean trusted) throws IOException {
    var head = new StringBuilder(512);
    URI uri = request.uri();
    URI forwarder = dialer.forwarder(uri);
    String target = forwarder == null ? path(uri) : "http://" + authority(uri) + path(uri);
    head.append(request.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
    field(head, "Host", authority(uri));
    field(head, "User-Agent", userAgent);
    for (Header header : request.headers()) {
      field(head, header.name(), header.value());
    }
    if (trusted) {
      addTrusted(head, uri);
    }
    String proxyAuthorization = forwarder == null ? null : Dialer.proxyAuthorization(forwarder);
    if (proxyAuthorization != null) {
      field(head, "Proxy-Authorization", proxyAuthorization);
    }
    if (request.length() > 0 || request.method().equals("POST")) {
      field(head, "Content-Length", Integer.toString(request.length()));
    }
    return head.append("\r\n").toString();
  }

  private void addTrusted(StringBuilder head, URI uri) throws IOException {
    String authorization = credentials.authorization(deadline);
    String user = uri.getUserInfo();
    if (authorization == null && user != null) {
      authorization = Credentials.basic(user);
    }
    if (authorization != null) {
      field(head, "Authorization", authorization);
    }
    for (Map.Entry<String, List<Secret>> entry : arguments.httpHeaders().entrySet()) {
      for (Secret value : entry.getValue()) {
        field(head, entry.getKey(), value.reveal());
      }
    }
  }

  static void field(StringBuilder head, String name, String value) throws IOException {
    try {
      var header = new Header(name, value);
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    } catch (IllegalArgumentException e) {
      throw new IOException("header " + name + ": " + e.getMessage(), e);
    }
  }

  private static String authority(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    String start = path == null || path.isEmpty() ? "/" : path;
    return uri.getRawQuery() == null ? start : start + "?" + uri.getRawQuery();
  }

  /// Ends the request under way, which then throws. Any thread.
  public void abort() {
    Socket socket = current.get();
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // Closed is all it has to be.
      }
    }
  }

  /// Ends the request under way when its time is over. Reading ends by itself in time; a server
  /// that has stopped taking our bytes is noticed only here. Any thread, about every second.
  public void abortOverdue() {
    if (busy && System.nanoTime() - deadline > 0) {
      abort();
    }
  }

  /// Closes the connection; a request under way throws. Any thread.
  @Override
  public void close() {
    closed = true;
    credentials.close();
    abort();
  }
}
