package dev.weir.agent.httpclient;

import dev.weir.agent.component.Egress;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Opens connections, through a proxy and with TLS where that is wanted. Host names are looked up
/// anew for each, and every address is tried.
final class Dialer {
  private static final int PROXY_BODY_LIMIT = 1024;

  private final HttpClientArguments arguments;
  private final ProxySettings proxies;
  private final AtomicReference<@Nullable Socket> current;
  private final Egress egress;
  private @Nullable TlsSockets tls;

  /// @param current where to leave the socket in use, for who wants to close it from outside
  /// @param egress where connections may lead
  Dialer(HttpClientArguments arguments, AtomicReference<@Nullable Socket> current, Egress egress) {
    this.arguments = arguments;
    this.proxies = ProxySettings.of(arguments, System.getenv());
    this.current = current;
    this.egress = egress;
  }

  /// Where a connection for the URI leads.
  HttpConnection.Endpoint endpoint(URI uri) throws IOException {
    boolean secure = isSecure(uri);
    return new HttpConnection.Endpoint(
        secure, uri.getHost(), port(uri), proxies.proxyFor(uri), secure ? tls().generation() : 0);
  }

  /// The proxy that must be told the whole URI, null when there is none.
  @Nullable URI forwarder(URI uri) {
    URI proxy = proxies.proxyFor(uri);
    return proxy == null || isSecure(uri) || isSocks(proxy) ? null : proxy;
  }

  /// What a proxy wants to know of us, null when nothing.
  static @Nullable String proxyAuthorization(URI proxy) {
    String user = proxy.getUserInfo();
    return user == null ? null : Credentials.basic(user);
  }

  HttpConnection open(HttpConnection.Endpoint endpoint, long deadline) throws IOException {
    Socket plain = plain(endpoint, deadline);
    try {
      if (!endpoint.secure()) {
        return new HttpConnection(endpoint, plain, plain);
      }
      Socket secure =
          tls().over(plain, bare(endpoint.host()), endpoint.port(), millisecondsUntil(deadline));
      return new HttpConnection(endpoint, plain, secure);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private Socket plain(HttpConnection.Endpoint endpoint, long deadline) throws IOException {
    URI proxy = endpoint.proxy();
    allow(egress.refusal(endpoint.host(), endpoint.secure()));
    if (proxy == null) {
      return connect(endpoint.host(), endpoint.port(), deadline);
    }
    allowThrough(proxy, endpoint.host());
    if (isSocks(proxy)) {
      var address = new InetSocketAddress(allowed(proxy.getHost()).getFirst(), port(proxy));
      var socket = new Socket(new Proxy(Proxy.Type.SOCKS, address));
      var target = InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
      return connect(socket, target, deadline);
    }
    Socket socket = connect(proxy.getHost(), port(proxy), deadline);
    if (endpoint.secure()) {
      tunnel(socket, endpoint, proxy, deadline);
    }
    return socket;
  }

  private static void allow(@Nullable String refusal) throws EgressException {
    if (refusal != null) {
      throw new EgressException(refusal);
    }
  }

  /// A proxy looks the server's name up by itself, so that what it will connect to is not known
  /// here. What the name means here must be allowed; one that means nothing here must be on the
  /// list of allowed hosts.
  private void allowThrough(URI proxy, String host) throws IOException {
    if (egress.isOpen()) {
      return;
    }
    if (!arguments.proxyFromEnvironment()) {
      // Whoever runs the agent has chosen that of the environment.
      allow(egress.refusal(proxy.getHost(), true));
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(bare(host))) {
        // It may choose any of them.
        allow(egress.refusal(address));
      }
    } catch (UnknownHostException unknown) {
      allow(
          egress.namesHosts()
              ? null
              : "destination denied: the address of " + host + " is known to the proxy only");
    }
  }

  /// The addresses of a host that may be connected to, at least one.
  private List<InetAddress> allowed(String host) throws IOException {
    List<InetAddress> allowed = new ArrayList<>();
    String refusal = null;
    for (InetAddress address : InetAddress.getAllByName(bare(host))) {
      String refused = egress.refusal(address);
      if (refused == null) {
        allowed.add(address);
      } else {
        refusal = refused;
      }
    }
    if (allowed.isEmpty()) {
      allow(refusal);
    }
    return allowed;
  }

  /// Asks a proxy to pass bytes through to the server.
  private void tunnel(Socket socket, HttpConnection.Endpoint endpoint, URI proxy, long deadline)
      throws IOException {
    String target = endpoint.host() + ":" + endpoint.port();
    var head = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\n");
    HttpClient.field(head, "Host", target);
    String authorization = proxyAuthorization(proxy);
    if (authorization != null) {
      HttpClient.field(head, "Proxy-Authorization", authorization);
    }
    for (Map.Entry<String, List<Secret>> header : arguments.proxyConnectHeader().entrySet()) {
      for (Secret value : header.getValue()) {
        HttpClient.field(head, header.getKey(), value.reveal());
      }
    }
    try {
      socket.getOutputStream().write(HttpReader.bytes(head.append("\r\n")));
      var reader = new HttpReader(socket);
      HttpResponse response = reader.read("CONNECT", deadline, PROXY_BODY_LIMIT);
      if (!response.isSuccess() || !reader.isReusable()) {
        throw new ConnectException("the proxy answered with status " + response.status());
      }
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket connect(String host, int port, long deadline) throws IOException {
    IOException last = null;
    // The addresses looked at are those connected to: a second look-up might give others.
    for (InetAddress address : allowed(host)) {
      try {
        return connect(new Socket(), new InetSocketAddress(address, port), deadline);
      } catch (IOException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last == null ? new ConnectException("no address for " + host) : last;
  }

  private Socket connect(Socket socket, InetSocketAddress address, long deadline)
      throws IOException {
    current.set(socket);
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(address, millisecondsUntil(deadline));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private TlsSockets tls() {
    TlsSockets known = tls;
    if (known == null) {
      known = new TlsSockets(arguments.tlsConfig());
      tls = known;
    }
    return known;
  }

  private static int millisecondsUntil(long deadline) throws SocketTimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("no connection in time");
    }
    return (int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1);
  }

  /// A host without the brackets that an IPv6 address has in a URI.
  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isSecure(URI uri) {
    return uri.getScheme().equals("https");
  }

  private static boolean isSocks(URI proxy) {
    return proxy.getScheme().startsWith("socks5");
  }

  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return switch (uri.getScheme()) {
      case "https" -> 443;
      case "socks5", "socks5h" -> 1080;
      default -> 80;
    };
  }
}
