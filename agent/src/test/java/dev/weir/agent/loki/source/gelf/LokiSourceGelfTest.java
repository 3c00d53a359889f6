package dev.weir.agent.loki.source.gelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.source.gelf.LokiSourceGelf.Arguments;
import dev.weir.agent.loki.source.gelf.LokiSourceGelf.DebugInfo;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.AnchoredRegex;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LokiSourceGelfTest {
  private static final Rules ALL =
      new Rules(
          List.of(
              new Rule(
                  List.of(),
                  ";",
                  AnchoredRegex.parse("__gelf_message_(.*)"),
                  0,
                  "",
                  "$1",
                  Action.LABELMAP)));

  @TempDir Path storage;
  private final CollectingReceiver receiver = new CollectingReceiver();
  private TestContext context;
  private LokiSourceGelf component;
  private RunningComponent running;

  @BeforeEach
  void start() {
    context = new TestContext("loki.source.gelf.test", storage);
    component = new LokiSourceGelf(arguments("use_incoming_timestamp = true"), context);
    running = new RunningComponent(component);
    await().until(() -> !address().isEmpty());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void hasTheDefaultsOfAlloy() throws Exception {
    Arguments arguments = RiverArguments.decode(Arguments.class, "forward_to = []");

    assertThat(arguments.listenAddress()).isEqualTo("0.0.0.0:12201");
    assertThat(arguments.useIncomingTimestamp()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "forward_to = []\nlisten_address = \"nowhere\""})
  void refusesWrongArguments(String body) {
    assertThatThrownBy(() -> RiverArguments.decode(Arguments.class, body))
        .isInstanceOf(DiagnosticsException.class);
  }

  @Test
  void takesMessagesPlainAndCompressed() throws Exception {
    String message =
        "{\"version\":\"1.1\",\"host\":\"web\",\"short_message\":\"hi\",\"timestamp\":1700000000.25,"
            + "\"level\":4,\"facility\":\"app\",\"_user\":7}";
    send(utf8(message));
    awaitLines(1);
    send(gzip(message));
    awaitLines(2);
    send(zlib(message));
    awaitLines(3);

    assertThat(receiver.lines()).allMatch(message::equals);
    assertThat(receiver.entries())
        .allMatch(entry -> entry.timestamp() == 1_700_000_000_250_000_000L)
        .allMatch(entry ->
            entry
                .labels()
                .equals(
                    Map.of(
                        "level", "warning", "host", "web", "version", "1.1", "facility", "app")));
    assertThat(context.scrape()).containsPattern("gelf_target_entries_total\\{\\S* 3");
  }

  @Test
  void putsMessagesTogetherThatComeInChunks() throws Exception {
    String message = "{\"host\":\"h\",\"short_message\":\"" + "x".repeat(3000) + "\"}";
    byte[] bytes = utf8(message);
    int size = 1000;
    int count = (bytes.length + size - 1) / size;
    for (int i = count - 1; i >= 0; i--) {
      int from = i * size;
      int length = Math.min(size, bytes.length - from);
      send(
          ByteBuffer.allocate(12 + length)
              .put((byte) 0x1e)
              .put((byte) 0x0f)
              .putLong(42)
              .put((byte) i)
              .put((byte) count)
              .put(bytes, from, length)
              .array());
    }

    awaitLines(1);
    assertThat(receiver.lines()).containsExactly(message);
  }

  @Test
  void countsWhatIsNoMessage() throws Exception {
    send(utf8("hello"));
    send(utf8("[]"));
    send(new byte[] {0x1f, (byte) 0x8b, 0, 0});
    send(new byte[] {0x1e, 0x0f, 1});
    send(gzip("{\"a\":\"" + "x".repeat(3 << 20) + "\"}"));
    send(utf8("{\"host\":\"h\",\n\"short_message\":\"good\"}"));

    awaitLines(1);
    assertThat(receiver.lines()).containsExactly("{\"host\":\"h\",\"short_message\":\"good\"}");
    assertThat(context.scrape()).containsPattern("parsing_errors_total\\{\\S* 5");
  }

  @Test
  void keepsItsSocketWhenOtherArgumentsChange() throws Exception {
    String address = address();
    component.update(arguments("use_incoming_timestamp = false"));

    assertThat(address()).isEqualTo(address);
    send(utf8("{\"timestamp\":5}"));
    awaitLines(1);
    assertThat(receiver.entries().getFirst().timestamp()).isGreaterThan(1_700_000_000_000_000_000L);
  }

  private Arguments arguments(String more) {
    String body =
        "listen_address = \"127.0.0.1:0\"\nforward_to = [receiver]\nrelabel_rules = rules\n" + more;
    return RiverArguments.decode(body, Arguments.class, receiver, ALL);
  }

  private String address() {
    return ((DebugInfo) component.debugInfo().orElseThrow()).listenAddress();
  }

  private void send(byte[] bytes) throws IOException {
    int port = Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
    try (var socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
  }

  private void awaitLines(int count) {
    await().until(() -> receiver.lines().size() == count);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(utf8(text));
    }
    return bytes.toByteArray();
  }

  private static byte[] zlib(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(utf8(text));
    }
    return bytes.toByteArray();
  }
}
