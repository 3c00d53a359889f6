package dev.weir.agent.loki.source.api;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.httpserver.ComponentServer;
import dev.weir.agent.httpserver.ServerArguments;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Squash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes what others push over HTTP as they would push it to Loki, and answers once it is
/// delivered.
public final class LokiSourceApi implements Component<LokiSourceApi.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.api",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceApi::new);

  /// What the block holds.
  ///
  /// @param forwardTo who gets every entry
  /// @param labels set on every entry, over labels of the same name
  /// @param relabelRules applied to the labels of each stream
  /// @param useIncomingTimestamp whether entries keep their time; else it is that of their receipt
  /// @param maxSendMessageSize of a request, as sent and as decompressed
  public record Arguments(
      @Squash ServerArguments server,
      List<Receiver> forwardTo,
      @Default("{}") Map<String, String> labels,
      @Nullable Rules relabelRules,
      @Default("false") boolean useIncomingTimestamp,
      @Default("\"100MiB\"") ByteSize maxSendMessageSize) {
    public Arguments {
      forwardTo = List.copyOf(forwardTo);
      labels = Map.copyOf(labels);
    }
  }

  record DebugInfo(String listenAddress) {}

  private final ComponentServer server;
  private final PushHandler handler;

  LokiSourceApi(Arguments arguments, ComponentContext context) {
    handler = new PushHandler(arguments, context);
    server = new ComponentServer(context, "loki_source_api", arguments.server(), handler);
  }

  @Override
  public void run() throws InterruptedException {
    try {
      server.run();
    } finally {
      handler.close();
    }
  }

  @Override
  public void update(Arguments arguments) throws ComponentException {
    server.update(arguments.server());
    handler.update(arguments);
  }

  @Override
  public Optional<Health> health() {
    return server.health();
  }

  @Override
  public Optional<Record> debugInfo() {
    return Optional.of(new DebugInfo(server.shownAddress()));
  }
}
