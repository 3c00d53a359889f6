package dev.weir.agent.loki.echo;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.Receiver;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/// `loki.echo`: writes every entry to the agent's own log, to look at a pipeline's result. The one
/// component that logs what it is given, because that is what it is for.
public final class LokiEcho implements Component<LokiEcho.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.echo",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          (arguments, context) -> new LokiEcho(context));

  private static final long BILLION = 1_000_000_000;

  private final Logger log;

  /// It takes none.
  public record Arguments() {}

  /// What the component exports.
  ///
  /// @param receiver of the entries to show
  public record Exports(Receiver receiver) {}

  private LokiEcho(ComponentContext context) {
    this.log = context.log();
    context.publish(new Exports(this::accept));
  }

  private void accept(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      log.atInfo()
          .addKeyValue("entry", entry.lineText())
          .addKeyValue("entry_timestamp", time(entry.timestamp()))
          .addKeyValue("labels", entry.labels().toString())
          .addKeyValue("structured_metadata", json(entry.metadata()))
          .log("received log entry");
    }
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, BILLION), Math.floorMod(nanos, BILLION));
  }

  private static String json(Metadata metadata) {
    if (metadata.isEmpty()) {
      return "{}";
    }
    var sorted = new TreeMap<String, String>();
    for (int i = 0; i < metadata.size(); i++) {
      sorted.put(metadata.name(i), metadata.value(i));
    }
    return sorted.entrySet().stream()
        .map(pair -> quoted(pair.getKey()) + ":" + quoted(pair.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  @Override
  public void run() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Override
  public void update(Arguments arguments) {}
}
