package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.httpclient.Certificates;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// A broker of Kafka, with its controller, in this process: ports of its own, and one listener for
/// each way to authenticate.
final class KafkaBroker implements AutoCloseable {
  static final String USER = "agent";

  /// With all that must be escaped somewhere.
  static final String PASSWORD = "p\"a\\s's w;ö";

  private static final String CONTROLLER = "CONTROLLER";
  private static final int NODE = 1;
  private static final int ITERATIONS = 4096;
  private static final FaultHandler FAILING =
      (message, cause) -> new IllegalStateException(message, cause);

  private final Certificates certificate;
  private final ControllerServer controller;
  private final BrokerServer broker;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /// @param certificate of the listeners with TLS
  KafkaBroker(Path directory, Certificates certificate) throws Exception {
    ServerSocketChannel socket = ServerSocketChannel.open();
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    socket.configureBlocking(false);
    var quorum = (InetSocketAddress) socket.getLocalAddress();
    String log = directory.resolve("kafka").toString();
    format(log);
    var config = new KafkaConfig(settings(log, quorum.getPort(), certificate), false);
    scala.Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> initial =
        KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger("test.broker"), "");
    ServerSocketFactory sockets =
        (listener, address, backlog, buffer) ->
            listener.equals(CONTROLLER)
                ? socket
                : ServerSocketFactory.INSTANCE.openServerSocket(listener, address, backlog, buffer);
    this.certificate = certificate;
    var shared =
        new SharedServer(
            config,
            initial._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(Map.of(NODE, quorum)),
            List.of(),
            faults(),
            sockets);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), initial._2());
    broker = new BrokerServer(shared);
    controller.startup();
    broker.startup();
    Map<String, Object> client = Map.of("bootstrap.servers", address("PLAINTEXT"));
    admin = Admin.create(client);
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(new HashMap<>(client), bytes, bytes);
    allow(ScramMechanism.SCRAM_SHA_256);
    allow(ScramMechanism.SCRAM_SHA_512);
  }

  private void allow(ScramMechanism mechanism) throws Exception {
    var password =
        new UserScramCredentialUpsertion(
            USER, new ScramCredentialInfo(mechanism, ITERATIONS), PASSWORD);
    admin.alterUserScramCredentials(List.of(password)).all().get();
  }

  private static FaultHandlerFactory faults() {
    return (name, fatal, action) -> FAILING;
  }

  private static void format(String log) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .addDirectory(log)
        .setMetadataLogDirectory(log)
        .setControllerListenerName(CONTROLLER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .run();
  }

  private static Map<String, Object> settings(String log, int quorum, Certificates certificate)
      throws Exception {
    var settings = new HashMap<String, Object>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("log.dirs", log);
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + quorum);
    settings.put("controller.listener.names", CONTROLLER);
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,"
            + "SASL_SSL://127.0.0.1:0,CONTROLLER://127.0.0.1:"
            + quorum);
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL,"
            + "CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("num.io.threads", "2");
    settings.put("num.network.threads", "1");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("log.cleaner.enable", "false");
    settings.put("controlled.shutdown.enable", "false");
    settings.put("metric.reporters", "");
    settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER");
    String plain =
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
            .formatted(USER, PASSWORD.replace("\\", "\\\\").replace("\"", "\\\""));
    String tokens =
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
            + " unsecuredLoginStringClaim_sub=\"broker\";";
    String scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    for (String listener : List.of("sasl_plaintext", "sasl_ssl")) {
      String prefix = "listener.name." + listener + ".";
      settings.put(prefix + "plain.sasl.jaas.config", plain);
      settings.put(prefix + "scram-sha-256.sasl.jaas.config", scram);
      settings.put(prefix + "scram-sha-512.sasl.jaas.config", scram);
      settings.put(prefix + "oauthbearer.sasl.jaas.config", tokens);
    }
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.certificate.chain", certificate.certificatePem());
    settings.put("ssl.keystore.key", certificate.keyPem());
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.certificates", certificate.certificatePem());
    settings.put("ssl.client.auth", "requested");
    return settings;
  }

  /// Of the listeners with TLS.
  Certificates certificate() {
    return certificate;
  }

  /// Where a listener is reached: `PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`.
  String address(String listener) {
    return "127.0.0.1:" + broker.boundPort(new ListenerName(listener));
  }

  void createTopic(String name, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
  }

  /// Sends a message and waits until the broker has it.
  void send(String topic, int partition, String value) throws Exception {
    send(
        new ProducerRecord<>(topic, partition, null, null, value.getBytes(StandardCharsets.UTF_8)));
  }

  void send(ProducerRecord<byte[], byte[]> message) throws Exception {
    producer.send(message).get();
  }

  /// Sends what a producer of that compression makes of some messages.
  void sendCompressed(String compression, String topic, List<String> values) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            address("PLAINTEXT"),
            "compression.type",
            compression,
            "linger.ms",
            "100");
    var bytes = new ByteArraySerializer();
    try (var compressing = new KafkaProducer<>(new HashMap<>(settings), bytes, bytes)) {
      for (String value : values) {
        var _ =
            compressing.send(
                new ProducerRecord<>(topic, 0, null, value.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  /// The committed offset of a partition, or null.
  @Nullable Long committed(String group, String topic, int partition)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, partition));
    return offset == null ? null : offset.offset();
  }

  /// How many members a group has.
  int members(String group) throws InterruptedException, ExecutionException {
    var groups = admin.describeConsumerGroups(List.of(group)).describedGroups();
    return Objects.requireNonNull(groups.get(group)).get().members().size();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    broker.shutdown();
    controller.shutdown();
  }
}
