package dev.weir.agent.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Chooses a port of the loopback interface.
final class FreePort {
  private FreePort() {}

  /// The usual port if nobody listens there, else 0, which takes any free one.
  static int near(int usual) {
    try (var socket = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  /// A port that nobody listened on a moment ago.
  static int any() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
