package dev.weir.agent.loki.source.heroku;

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
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Squash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes what Heroku's log drains send over HTTP, and answers once it is delivered.
public final class LokiSourceHeroku implements Component<LokiSourceHeroku.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.heroku",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceHeroku::new);

  /// What the block holds.
  ///
  /// @param labels of every entry
  /// @param useIncomingTimestamp whether entries keep their time; else it is that of their receipt
  /// @param forwardTo who gets every entry
  /// @param relabelRules applied to the labels of each message
  public record Arguments(
      @Squash ServerArguments server,
      @Default("{}") Map<String, String> labels,
      @Default("false") boolean useIncomingTimestamp,
      List<Receiver> forwardTo,
      @Nullable Rules relabelRules) {
    public Arguments {
      forwardTo = List.copyOf(forwardTo);
      labels = Map.copyOf(labels);
    }
  }

  record DebugInfo(boolean ready, String address) {}

  private final ComponentServer server;
  private final DrainHandler handler;

  LokiSourceHeroku(Arguments arguments, ComponentContext context) {
    handler = new DrainHandler(arguments, context);
    server =
        new ComponentServer(
            context, "loki_source_heroku_drain_target", arguments.server(), handler);
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
    return Optional.of(new DebugInfo(server.address() != null, server.shownAddress()));
  }
}
