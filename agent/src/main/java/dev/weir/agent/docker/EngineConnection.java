package dev.weir.agent.docker;

import dev.weir.agent.httpclient.ServerAccess;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One open connection to an Engine.
///
/// Belongs to one thread; [#close] may come from any, and ends a read that waits. So does
/// interrupting the thread, which for TLS must be a virtual one.
interface EngineConnection extends Closeable {
  /// Reads what is there, waiting for at least a byte.
  ///
  /// @return bytes read, or -1 at the end
  int read(byte[] buffer, int offset, int length) throws IOException;

  /// Writes all of it.
  void write(byte[] bytes) throws IOException;

  /// Connects.
  ///
  /// @param access to hosts of HTTP, null for those that are spoken to as they are
  static EngineConnection open(EngineHost host, @Nullable ServerAccess access) throws IOException {
    return switch (host) {
      case EngineHost.UnixSocket(var path) ->
          new Plain(SocketChannel.open(UnixDomainSocketAddress.of(path)));
      case EngineHost.Tcp tcp when tcp.tls() && access != null -> Encrypted.open(tcp, access);
      case EngineHost.Tcp tcp -> Plain.open(tcp);
    };
  }

  /// Over a Unix domain socket or plain TCP.
  record Plain(SocketChannel channel) implements EngineConnection {
    static Plain open(EngineHost.Tcp tcp) throws IOException {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        channel.connect(new InetSocketAddress(tcp.name(), tcp.port()));
        return new Plain(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(buffer, offset, length));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      var rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// Over TLS.
  ///
  /// @param plain what it goes over; closing that ends reads of other threads at once
  record Encrypted(Socket plain, Socket socket) implements EngineConnection {
    static Encrypted open(EngineHost.Tcp tcp, ServerAccess access) throws IOException {
      Socket plain = new Socket(tcp.name(), tcp.port());
      try {
        plain.setKeepAlive(true);
        return new Encrypted(plain, access.encrypted(plain, tcp.name(), tcp.port()));
      } catch (IOException | RuntimeException e) {
        plain.close();
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return socket.getInputStream().read(buffer, offset, length);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }
}
