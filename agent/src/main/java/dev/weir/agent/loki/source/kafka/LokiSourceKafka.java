package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Joining;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads topics of Kafka as a member of a consumer group. An offset is committed once everything
/// before it is delivered.
///
/// Kafka's classes are loaded by [Membership] alone, when it runs.
public final class LokiSourceKafka implements Component<LokiSourceKafka.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.kafka",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceKafka::new);

  /// New topics are looked for this often.
  static final Duration TOPICS_EVERY = Duration.ofSeconds(30);

  /// What the block holds.
  ///
  /// @param brokers some of the cluster's, `host:port`
  /// @param topics names, or expressions that start with `^`
  /// @param groupId of the consumer group
  /// @param assignor how the group shares partitions: `range`, `roundrobin` or `sticky`
  /// @param version of Kafka; client and broker settle it between them
  /// @param useIncomingTimestamp whether an entry has its message's time, else that of reading it
  /// @param labels of every entry
  /// @param forwardTo who gets every entry
  /// @param relabelRules applied to the labels of each message
  /// @param authentication how brokers learn who we are
  public record Arguments(
      List<String> brokers,
      List<String> topics,
      @Default("\"loki.source.kafka\"") String groupId,
      @Default("\"range\"") String assignor,
      @Default("\"2.2.1\"") String version,
      @Default("false") boolean useIncomingTimestamp,
      @Default("{}") Map<String, String> labels,
      List<Receiver> forwardTo,
      @Nullable Rules relabelRules,
      @BlockField @Default Authentication authentication) {
    private static final Pattern BROKER =
        Pattern.compile("(?:\\[[0-9a-fA-F:.%a-z]+]|[^\\[\\]:/\\s]+):([0-9]{1,5})");
    private static final Pattern VERSION =
        Pattern.compile("(?:0\\.\\d+\\.\\d+\\.\\d+|[1-9]\\d*\\.\\d+\\.\\d+)");
    private static final int LAST_PORT = 65535;

    /// @throws IllegalArgumentException when something is unknown or missing
    public Arguments {
      brokers = List.copyOf(brokers);
      topics = List.copyOf(topics);
      labels = Map.copyOf(labels);
      forwardTo = List.copyOf(forwardTo);
      groupId = groupId.isEmpty() ? "promtail" : groupId;
      assignor = assignor.isEmpty() ? "range" : assignor;
      checkBrokers(brokers);
      checkTopics(topics);
      if (!List.of("range", "roundrobin", "sticky").contains(assignor)) {
        throw new IllegalArgumentException(
            "unrecognized consumer group partition assignor: "
                + assignor
                + "; it must be range, roundrobin or sticky");
      }
      if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
        throw new IllegalArgumentException("invalid version `" + version + "`");
      }
    }

    private static void checkBrokers(List<String> brokers) {
      if (brokers.isEmpty()) {
        throw new IllegalArgumentException("no Kafka bootstrap brokers defined");
      }
      for (String broker : brokers) {
        var matcher = BROKER.matcher(broker);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > LAST_PORT) {
          throw new IllegalArgumentException(
              "brokers must be HOST:PORT; \"" + broker + "\" is not");
        }
      }
    }

    private static void checkTopics(List<String> topics) {
      if (topics.isEmpty()) {
        throw new IllegalArgumentException("no topics given to be consumed");
      }
      var _ = new Topics(topics);
    }

    /// Whether the same member of the same group serves both.
    boolean connectsLike(Arguments other) {
      return brokers.equals(other.brokers)
          && groupId.equals(other.groupId)
          && assignor.equals(other.assignor)
          && authentication.equals(other.authentication);
    }
  }

  private final ComponentContext context;
  private final KafkaStatus status;
  private final Duration topicsEvery;
  private volatile Arguments arguments;

  LokiSourceKafka(Arguments arguments, ComponentContext context) throws ComponentException {
    this(arguments, context, TOPICS_EVERY);
  }

  /// @param topicsEvery how often new topics are looked for
  /// @throws ComponentException when connections are restricted
  LokiSourceKafka(Arguments arguments, ComponentContext context, Duration topicsEvery)
      throws ComponentException {
    if (!context.policy().egress().isOpen()) {
      throw new ComponentException(
          "loki.source.kafka may not be used where connections are restricted: brokers tell where"
              + " the others are");
    }
    this.context = context;
    this.arguments = arguments;
    this.topicsEvery = topicsEvery;
    this.status = new KafkaStatus(context.metrics());
  }

  @Override
  public void run() throws InterruptedException {
    var membership = new Membership(context, () -> arguments, status, topicsEvery);
    // Not a virtual thread: it would hold its carrier while it waits for brokers.
    Thread thread = Thread.ofPlatform().name(context.id() + "/poll").start(membership);
    try {
      new CountDownLatch(1).await();
    } finally {
      thread.interrupt();
      Joining.join(thread);
    }
  }

  @Override
  public void update(Arguments newArguments) {
    arguments = newArguments;
  }

  @Override
  public Optional<Health> health() {
    return Optional.ofNullable(status.problem())
        .map(problem -> new Health(Health.State.UNHEALTHY, problem, context.clock().instant()));
  }

  @Override
  public Optional<Record> debugInfo() {
    return Optional.of(status.debugInfo());
  }
}
