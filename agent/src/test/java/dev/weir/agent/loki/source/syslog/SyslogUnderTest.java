package dev.weir.agent.loki.source.syslog;

import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.syslog.LokiSourceSyslog.Arguments;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A `loki.source.syslog` on free ports of the loopback, until closed.
final class SyslogUnderTest implements AutoCloseable {
  private final Receiver receiver;
  private final TestContext context;
  private final LokiSourceSyslog component;
  private final RunningComponent running;

  /// @param listeners what stands in each `listener` block beside its address
  SyslogUnderTest(Path storage, Receiver receiver, Rules rules, String... listeners)
      throws ComponentException {
    this.receiver = receiver;
    context = new TestContext("loki.source.syslog.test", storage);
    component = new LokiSourceSyslog(arguments(rules, listeners), context);
    running = new RunningComponent(component);
    await().until(() -> info().listenersInfo().size() == listeners.length);
    await().until(() -> info().listenersInfo().stream().allMatch(one -> one.ready()));
  }

  private Arguments arguments(Rules rules, String... listeners) {
    var body = new StringBuilder("forward_to = [receiver]\nrelabel_rules = rules\n");
    for (String listener : listeners) {
      body.append("listener {\naddress = \"127.0.0.1:0\"\n").append(listener).append("\n}\n");
    }
    return RiverArguments.decode(body.toString(), Arguments.class, receiver, rules);
  }

  void update(Rules rules, String... listeners) throws ComponentException {
    component.update(arguments(rules, listeners));
  }

  DebugInfo info() {
    return (DebugInfo) component.debugInfo().orElseThrow();
  }

  int port(int listener) {
    String address = info().listenersInfo().get(listener).listenAddress();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  Socket connect() throws IOException {
    return new Socket("127.0.0.1", port(0));
  }

  /// Sends text over a connection of its own.
  void send(String text) throws IOException {
    try (Socket socket = connect()) {
      write(socket, text);
    }
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  void datagram(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (var socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port(0)));
    }
  }

  String metrics() {
    return context.scrape();
  }

  @Override
  public void close() {
    running.close();
  }
}
