package dev.weir.agent.httpclient;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Opens connections. Host names are looked up anew for each, and every address is tried.
final class Dialer {
  private final AtomicReference<@Nullable Socket> current;

  /// @param current where to leave the socket in use, for who wants to close it from outside
  Dialer(AtomicReference<@Nullable Socket> current) {
    this.current = current;
  }

  HttpConnection.Endpoint endpoint(URI uri) {
    return new HttpConnection.Endpoint(uri.getScheme(), uri.getHost(), port(uri), "", 0);
  }

  HttpConnection open(HttpConnection.Endpoint endpoint, long deadline) throws IOException {
    Socket socket = connect(endpoint.host(), endpoint.port(), deadline);
    return new HttpConnection(endpoint, socket, socket);
  }

  private Socket connect(String host, int port, long deadline) throws IOException {
    IOException last = null;
    for (InetAddress address : InetAddress.getAllByName(unbracketed(host))) {
      try {
        return connect(new InetSocketAddress(address, port), deadline);
      } catch (IOException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last == null ? new ConnectException("no address for " + host) : last;
  }

  @SuppressWarnings("AddressSelection") // every address of the name is tried by the caller
  private Socket connect(InetSocketAddress address, long deadline) throws IOException {
    var socket = new Socket();
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

  private static int millisecondsUntil(long deadline) throws SocketTimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("no connection in time");
    }
    return (int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? 443 : 80;
  }
}
