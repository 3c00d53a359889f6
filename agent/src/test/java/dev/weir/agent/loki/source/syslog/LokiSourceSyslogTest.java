package dev.weir.agent.loki.source.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.httpclient.Certificates;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.syslog.LokiSourceSyslog.Arguments;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.AnchoredRegex;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LokiSourceSyslogTest {
  private static final String HEAD = "<34>1 2025-01-03T14:07:15.003Z web-1 nginx 12 ID47 - ";
  private static final Rules ALL =
      new Rules(
          List.of(
              new Rule(
                  List.of(),
                  ";",
                  AnchoredRegex.parse("__syslog_(.*)"),
                  0,
                  "",
                  "$1",
                  Action.LABELMAP)));

  @TempDir Path storage;
  private final CollectingReceiver receiver = new CollectingReceiver();

  @Test
  void hasTheDefaultsOfAlloy() throws Exception {
    Arguments arguments =
        RiverArguments.decode(
            Arguments.class, "forward_to = []\nlistener {\naddress = \":514\"\n}");

    ListenerArguments listener = arguments.listener().getFirst();
    assertThat(listener.protocol()).isEqualTo("tcp");
    assertThat(listener.syslogFormat()).isEqualTo("rfc5424");
    assertThat(listener.idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(listener.maxMessageLength()).isEqualTo(8192);
    assertThat(listener.udpQueueSize()).isEqualTo(10);
    assertThat(listener.udpHostCacheSize()).isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "address = \"nowhere\"",
        "address = \":70000\"",
        "address = \":1\"\nprotocol = \"sctp\"",
        "address = \":1\"\nsyslog_format = \"cef\"",
        "address = \":1\"\nmax_message_length = -1",
        "address = \":1\"\nrfc3164_cisco_components {\nenable_all = true\n}",
        "address = \":1\"\nraw_format_options { }",
        "address = \":1\"\nsyslog_format = \"raw\"\nuse_incoming_timestamp = true",
        "address = \":1\"\nsyslog_format = \"rfc3164\"\nrfc5424_allow_empty_msg = true",
        "address = \":1\"\ntls_config {\ncert_pem = \"x\"\n}",
      })
  void refusesWrongArguments(String listener) {
    String body = "forward_to = []\nlistener {\n" + listener + "\n}";

    assertThatThrownBy(() -> RiverArguments.decode(Arguments.class, body))
        .isInstanceOf(DiagnosticsException.class);
  }

  @Test
  void refusesTheRawFormatUnlessExperimentsAreAllowed() {
    assertThatThrownBy(() -> syslog(Rules.NONE, "syslog_format = \"raw\""))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("experimental stability level");
  }

  @Test
  void takesLinesOverTcp() throws Exception {
    try (var syslog = syslog(Rules.NONE, "labels = {job = \"syslog\"}")) {
      try (Socket socket = syslog.connect()) {
        SyslogUnderTest.write(socket, HEAD + "one\r\n" + HEAD + "tw");
        awaitLines("one");
        SyslogUnderTest.write(socket, "o\n" + HEAD + "unended");
      }
      awaitLines("one", "two", "unended");

      assertThat(receiver.entries())
          .allMatch(entry -> entry.labels().equals(Map.of("job", "syslog")));
      assertThat(syslog.metrics()).containsPattern("loki_source_syslog_entries_total\\{\\S* 3");
    }
  }

  @Test
  void takesMessagesThatSayTheirLength() throws Exception {
    try (var syslog = syslog(Rules.NONE, "max_message_length = 100")) {
      String two = HEAD + "two\nlines";
      String tooLong = HEAD + "x".repeat(100);
      syslog.send(counted(HEAD + "one") + counted(tooLong) + counted(two));

      awaitLines("one", "two\nlines");
      assertThat(syslog.metrics()).containsPattern("parsing_errors_total\\{\\S* 1");
    }
  }

  @Test
  void givesRulesWhatTheMessageSays() throws Exception {
    try (var syslog = syslog(ALL, "label_structured_data = true")) {
      syslog.send(
          "<165>1 2025-01-03T14:07:15Z h app - - [a@1 k=\"v\\\"]\" l=\"\"][b x=\"y\"] hi\n");

      awaitLines("hi");
      assertThat(receiver.entries().getFirst().labels())
          .containsAllEntriesOf(
              Map.of(
                  "message_severity", "notice",
                  "message_facility", "local4",
                  "message_hostname", "h",
                  "message_app_name", "app",
                  "message_sd_a_1_k", "v\"]",
                  "message_sd_b_x", "y",
                  "connection_ip_address", "127.0.0.1"))
          .doesNotContainKeys("message_proc_id", "message_msg_id", "message_sd_a_1_l");
    }
  }

  @Test
  void keepsTheTimeOfTheMessageIfAskedTo() throws Exception {
    try (var syslog = syslog(Rules.NONE, "use_incoming_timestamp = true")) {
      syslog.send(HEAD + "x\n<34>1 - - - - - - now\n");

      awaitLines("x", "now");
      assertThat(receiver.entries().getFirst().timestamp())
          .isEqualTo(nanos(Instant.parse("2025-01-03T14:07:15.003Z")));
      assertThat(receiver.entries().getLast().timestamp())
          .isGreaterThan(nanos(Instant.parse("2025-06-01T00:00:00Z")));
    }
  }

  @Test
  void forwardsTheWholeMessageIfAskedTo() throws Exception {
    try (var syslog = syslog(Rules.NONE, "use_rfc5424_message = true")) {
      syslog.send(HEAD + "x\n");

      awaitLines(HEAD + "x");
    }
  }

  @Test
  void dropsAndCountsEmptyMessagesUnlessTheyAreAllowed() throws Exception {
    try (var syslog = syslog(Rules.NONE, "")) {
      syslog.send("<34>1 - - - - - -\n" + HEAD + "\n" + HEAD + "x\n");
      awaitLines("x");
      assertThat(syslog.metrics()).containsPattern("empty_messages_total\\{\\S* 2");

      syslog.update(Rules.NONE, "rfc5424_allow_empty_msg = true");
      syslog.send("<34>1 - - - - - -\n");
      awaitLines("x", "");
    }
  }

  @Test
  void countsWhatIsNoSyslog() throws Exception {
    try (var syslog = syslog(Rules.NONE, "max_message_length = 80")) {
      syslog.send("hello\n" + HEAD + "unseen\n");
      syslog.send(
          "<999>1 - - - - - - x\n<34>broken\n" + HEAD + "y".repeat(300) + "\n" + HEAD + "good\n");

      awaitLines("good");
      await()
          .untilAsserted(
              () -> assertThat(syslog.metrics()).containsPattern("parsing_errors_total\\{\\S* 4"));
    }
  }

  @Test
  void takesTheOlderFormat() throws Exception {
    String listener = "syslog_format = \"rfc3164\"\nuse_incoming_timestamp = true";
    try (var syslog = syslog(ALL, listener)) {
      syslog.send(
          "<34>Oct 11 22:14:15 mymachine su[42]: failed for x\n<13>Feb  5 17:32:18 10.0.0.99 Use it\n"
              + "<13>2025-01-03T14:07:15+02:00 h app: text\n");

      awaitLines("failed for x", "Use it", "text");
      assertThat(receiver.entries().get(0).labels())
          .containsAllEntriesOf(
              Map.of(
                  "message_hostname", "mymachine",
                  "message_app_name", "su",
                  "message_proc_id", "42"));
      assertThat(receiver.entries().get(1).labels()).doesNotContainKey("message_app_name");
      assertThat(receiver.entries().get(2).timestamp())
          .isEqualTo(nanos(Instant.parse("2025-01-03T12:07:15Z")));
    }
  }

  @Test
  void takesDatagrams() throws Exception {
    try (var syslog = syslog(ALL, "protocol = \"udp\"")) {
      syslog.datagram(HEAD + "one");
      awaitLines("one");
      syslog.datagram(HEAD + "two\nlines\n" + HEAD + "three\n");
      awaitLines("one", "two\nlines", "three");
      syslog.datagram(counted(HEAD + "four"));
      awaitLines("one", "two\nlines", "three", "four");
      assertThat(receiver.entries().getFirst().labels())
          .containsEntry("connection_ip_address", "127.0.0.1")
          .containsEntry("message_severity", "critical");
      assertThat(syslog.metrics())
          .containsPattern("loki_source_syslog_udp_dropped_datagrams\\{\\S* 0");
    }
  }

  @Test
  void countsDatagramsThatTheKernelDrops() throws Exception {
    var full = new CountDownLatch(1);
    Receiver blocked =
        batch -> {
          full.await();
          receiver.accept(batch);
        };
    try (var syslog = new SyslogUnderTest(storage, blocked, Rules.NONE, "protocol = \"udp\"")) {
      String large = HEAD + "x".repeat(7000);
      await()
          .until(() -> {
            for (int i = 0; i < 100; i++) {
              syslog.datagram(large);
            }
            return syslog
                .metrics()
                .lines()
                .anyMatch(line -> line.matches("loki_source_syslog_udp_dropped.*} [1-9].*"));
          });
      full.countDown();
    }
  }

  @Test
  void makesTcpSendersWaitWhileReceiversAreFull() throws Exception {
    var full = new CountDownLatch(1);
    Receiver blocked =
        batch -> {
          full.await();
          receiver.accept(batch);
        };
    try (var syslog = new SyslogUnderTest(storage, blocked, Rules.NONE, "");
        Socket socket = syslog.connect()) {
      var sender =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 20_000; i++) {
                  try {
                    SyslogUnderTest.write(socket, HEAD + "x".repeat(1000) + "\n");
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      assertThat(sender.join(Duration.ofMillis(300))).isFalse();

      full.countDown();

      sender.join();
      await().until(() -> receiver.lines().size() == 20_000);
    }
  }

  @Test
  void keepsConnectionsOverChangesOfOtherArguments() throws Exception {
    try (var syslog = syslog(Rules.NONE, "labels = {v = \"1\"}")) {
      int port = syslog.port(0);
      try (Socket socket = syslog.connect()) {
        SyslogUnderTest.write(socket, HEAD + "one\n");
        awaitLines("one");

        syslog.update(Rules.NONE, "labels = {v = \"2\"}", "protocol = \"udp\"");
        SyslogUnderTest.write(socket, HEAD + "two\n");
        awaitLines("one", "two");
        SyslogUnderTest.write(socket, HEAD + "three\n");
        awaitLines("one", "two", "three");
      }
      assertThat(receiver.entries().getLast().labels()).isEqualTo(Map.of("v", "2"));
      assertThat(syslog.port(0)).isEqualTo(port);
      assertThat(syslog.info().listenersInfo()).hasSize(2);

      syslog.update(Rules.NONE);
      assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void readsWhatHasArrivedBeforeItStops() throws Exception {
    var reading = new CountDownLatch(1);
    var full = new CountDownLatch(1);
    Receiver blocked =
        batch -> {
          reading.countDown();
          full.await();
          receiver.accept(batch);
        };
    Thread stop;
    try (Socket socket = new Socket()) {
      var syslog = new SyslogUnderTest(storage, blocked, Rules.NONE, "");
      socket.connect(new InetSocketAddress("127.0.0.1", syslog.port(0)));
      for (int i = 0; i < 50; i++) {
        SyslogUnderTest.write(socket, HEAD + i + "\n");
      }
      // A connection that nobody has accepted yet has brought nothing.
      reading.await();
      stop = Thread.ofVirtual().start(syslog::close);
      full.countDown();
      stop.join();
    }
    assertThat(receiver.lines()).hasSize(50);
  }

  @Test
  void closesSilentConnections() throws Exception {
    try (var syslog = syslog(Rules.NONE, "idle_timeout = \"50ms\"");
        Socket socket = syslog.connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void speaksTls() throws Exception {
    Certificates server = Certificates.make(storage, "server", "EC", "IP:127.0.0.1");
    String tls =
        "tls_config {\ncert_pem = `%s`\nkey_pem = `%s`\n}"
            .formatted(server.certificatePem(), server.keyPem());
    try (var syslog = syslog(Rules.NONE, tls)) {
      try (Socket socket =
          trusting(server).getSocketFactory().createSocket("127.0.0.1", syslog.port(0))) {
        SyslogUnderTest.write(socket, HEAD + "secret\n");
      }
      awaitLines("secret");
    }
  }

  @Test
  void tellsOfAnAddressThatCannotBeHadAndGoesOnWithTheOthers() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var context = new TestContext("loki.source.syslog.other", storage);
      String body =
          "forward_to = [receiver]\nlistener {\naddress = \"127.0.0.1:%d\"\n}\n"
                  .formatted(taken.getLocalPort())
              + "listener {\naddress = \"127.0.0.1:0\"\n}";
      var component =
          new LokiSourceSyslog(RiverArguments.decode(body, Arguments.class, receiver), context);
      try (var _ = new RunningComponent(component)) {
        await().until(() -> component.health().isPresent());
        assertThat(component.health().orElseThrow().message()).contains("cannot listen on");
        await()
            .until(() ->
                ((DebugInfo) component.debugInfo().orElseThrow()).listenersInfo().get(1).ready());
      }
    }
  }

  private static SSLContext trusting(Certificates server) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(server.store());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private static String counted(String message) {
    return message.length() + " " + message;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  private SyslogUnderTest syslog(Rules rules, String listener) throws ComponentException {
    return new SyslogUnderTest(storage, receiver, rules, listener);
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactly(lines));
  }
}
