package dev.weir.agent.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A socket between an agent and an Engine: notes what is asked, and breaks when told to.
public final class EngineProxy implements AutoCloseable {
  private final Path socket;
  private final SocketAddress engine;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private @Nullable ServerSocketChannel server;
  private volatile @Nullable String held;
  private volatile long bytesUntilBreak = Long.MAX_VALUE;

  /// Nobody listens before [#listen].
  ///
  /// @param socket a path not longer than some hundred bytes
  public EngineProxy(Path socket, String engineAddress) {
    this.socket = socket;
    URI uri = URI.create(engineAddress);
    this.engine =
        uri.getScheme().equals("unix")
            ? UnixDomainSocketAddress.of(uri.getPath())
            : new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /// The address for a `host` argument.
  public String address() {
    return "unix://" + socket;
  }

  /// The first line of every request so far.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /// Begins to accept connections.
  public synchronized void listen() {
    try {
      ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      opened.bind(UnixDomainSocketAddress.of(socket));
      server = opened;
      threads.add(Thread.ofVirtual().start(() -> accept(opened)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps requests from the Engine whose first line contains a text, until [#release].
  public void hold(String text) {
    held = text;
  }

  /// Passes requests on that were kept back, and keeps no more.
  public synchronized void release() {
    held = null;
    notifyAll();
  }

  private synchronized void awaitRelease(String request) throws InterruptedException {
    String text = held;
    while (text != null && request.contains(text)) {
      wait();
      text = held;
    }
  }

  /// Lets every connection break off after that many bytes from the Engine.
  public void breakAfter(long bytes) {
    bytesUntilBreak = bytes;
  }

  /// Breaks all connections that are open.
  public void drop() {
    open.forEach(EngineProxy::closeQuietly);
  }

  /// Breaks all connections and accepts no more, until [#listen]: the socket is gone.
  public synchronized void leave() {
    ServerSocketChannel listening = server;
    server = null;
    if (listening != null) {
      closeQuietly(listening);
      try {
        Files.deleteIfExists(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    drop();
  }

  private void accept(ServerSocketChannel listening) {
    try {
      while (true) {
        SocketChannel client = listening.accept();
        threads.add(Thread.ofVirtual().start(() -> serve(client)));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        SocketChannel target = SocketChannel.open(engine)) {
      open.add(client);
      open.add(target);
      Thread up = Thread.ofVirtual().start(() -> copy(client, target, true));
      copy(target, client, false);
      closeQuietly(client);
      up.join();
    } catch (IOException e) {
      // The agent sees its connection close.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void copy(SocketChannel from, SocketChannel to, boolean isRequest) {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    boolean first = isRequest;
    long left = isRequest ? Long.MAX_VALUE : bytesUntilBreak;
    try {
      while (left > 0 && from.read(buffer) >= 0) {
        buffer.flip();
        if (first) {
          String head = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
          String request = head.lines().findFirst().orElse("");
          requests.add(request);
          awaitRelease(request);
          first = false;
        }
        buffer.limit((int) Math.min(buffer.limit(), left));
        left -= buffer.remaining();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      // One end has closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(java.nio.channels.Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Closed is all it has to be.
    }
  }

  @Override
  public void close() {
    release();
    leave();
    List<Thread> all = new ArrayList<>(threads);
    for (Thread thread : all) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
