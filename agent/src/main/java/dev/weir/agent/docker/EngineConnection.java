package dev.weir.agent.docker;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One open connection to an Engine.
///
/// Belongs to one thread; [#close] may come from any, and ends a read that waits. So does
/// interrupting the thread, which for TLS must be a virtual one.
sealed interface EngineConnection extends Closeable {
  /// Reads what is there, waiting for at least a byte.
  ///
  /// @return bytes read, or -1 at the end
  int read(byte[] buffer, int offset, int length) throws IOException;

  /// Writes all of it.
  void write(byte[] bytes) throws IOException;

  /// Connects.
  ///
  /// @param tls for hosts that speak it, else null
  static EngineConnection open(EngineHost host, @Nullable EngineTls tls) throws IOException {
    return switch (host) {
      case EngineHost.UnixSocket(var path) ->
          new Plain(SocketChannel.open(UnixDomainSocketAddress.of(path)));
      case EngineHost.Tcp tcp -> tls == null ? Plain.open(tcp) : Encrypted.open(tcp, tls);
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
  record Encrypted(Socket socket) implements EngineConnection {
    static Encrypted open(EngineHost.Tcp tcp, EngineTls tls) throws IOException {
      Socket plain = new Socket(tcp.name(), tcp.port());
      try {
        plain.setKeepAlive(true);
        String name = tls.serverName() == null ? tcp.name() : tls.serverName();
        var socket =
            (SSLSocket)
                tls.context().getSocketFactory().createSocket(plain, name, tcp.port(), true);
        tls.prepare(socket);
        socket.startHandshake();
        return new Encrypted(socket);
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
      socket.close();
    }
  }
}
