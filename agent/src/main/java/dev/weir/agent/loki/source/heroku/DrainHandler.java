package dev.weir.agent.loki.source.heroku;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.httpserver.Call;
import dev.weir.agent.httpserver.Handler;
import dev.weir.agent.httpserver.Refusal;
import dev.weir.agent.httpserver.Reply;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.intake.Intake;
import dev.weir.agent.loki.intake.LabelRules;
import dev.weir.agent.loki.intake.Pending;
import dev.weir.agent.loki.intake.Pending.Outcome;
import dev.weir.agent.loki.intake.Sender;
import dev.weir.agent.loki.source.heroku.LokiSourceHeroku.Arguments;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Answers drains: 204 when all messages of a request are delivered. Thread-safe.
final class DrainHandler implements Handler, AutoCloseable {
  private static final String DRAIN = "/heroku/api/v1/drain";
  private static final String TENANT_LABEL = "__tenant_id__";
  private static final int LANES = 2;
  private static final long MOST_BYTES = 4 << 20;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private final ComponentContext context;
  private final Intake<LaneRules> intake;
  private final Counter entries;
  private final Counter errors;
  private volatile Arguments arguments;

  /// The rules of a lane with what they remember.
  private static final class LaneRules {
    private LabelRules rules = new LabelRules(Map.of(), null);

    LabelRules of(Arguments arguments) {
      if (!rules.isOf(Map.of(), arguments.relabelRules())) {
        rules = new LabelRules(Map.of(), arguments.relabelRules());
      }
      return rules;
    }
  }

  DrainHandler(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
    intake = new Intake<>(context.id(), LANES, LaneRules::new);
    entries =
        context
            .metrics()
            .counter(
                "loki_source_heroku_drain_entries_total",
                "Number of successful entries received by the Heroku target");
    errors =
        context
            .metrics()
            .counter(
                "loki_source_heroku_drain_parsing_errors_total",
                "Number of parsing errors while receiving Heroku messages");
  }

  void update(Arguments next) {
    arguments = next;
  }

  @Override
  public String route(String path) {
    return switch (path) {
      case DRAIN -> "heroku_api_v1_drain";
      case "/healthy" -> "healthy";
      default -> "";
    };
  }

  @Override
  public Reply answer(Call call) throws IOException, Refusal, InterruptedException {
    return switch (call.path()) {
      case DRAIN -> drained(call);
      case "/healthy" -> Reply.text(200, "");
      default -> throw new Refusal(404, "404 page not found");
    };
  }

  private Reply drained(Call call) throws IOException, Refusal, InterruptedException {
    if (!call.method().equals("POST")) {
      throw new Refusal(405, "method not allowed");
    }
    Arguments current = arguments;
    Duration timeout = current.server().http().serverWriteTimeout();
    Duration wait = timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT;
    long deadline = System.nanoTime() + wait.toNanos();
    byte[] body = call.body(MOST_BYTES);
    Labels common = common(call);
    try {
      // Once for nothing: either all of a body is understood or none of it is passed on.
      DrainFrames.read(body, (_, _, _, _) -> {});
    } catch (DrainFrames.MalformedException e) {
      errors.increment();
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
    var pending = new Pending();
    boolean taken =
        intake.take(
            Fanout.to(current.forwardTo()),
            pending,
            deadline,
            (sender, lane) -> passOn(body, common, current, sender, lane.of(current)));
    if (!taken) {
      throw Refusal.unavailable("receivers are full");
    }
    if (pending.await(deadline) != Outcome.DELIVERED) {
      throw Refusal.unavailable("not delivered");
    }
    return Reply.NO_CONTENT;
  }

  /// The labels of every message of a request.
  private static Labels common(Call call) throws Refusal {
    Labels labels = Labels.EMPTY;
    for (Map.Entry<String, String> parameter : call.parameters().entrySet()) {
      labels = labels.with("__heroku_drain_param_" + parameter.getKey(), parameter.getValue());
    }
    return labels.with(TENANT_LABEL, call.tenant());
  }

  private void passOn(
      byte[] body, Labels common, Arguments current, Sender sender, LabelRules rules)
      throws InterruptedException {
    Instant now = context.clock().instant();
    long received = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    try {
      DrainFrames.read(
          body,
          (fields, buffer, from, end) -> {
            Labels arrived =
                common
                    .with("__heroku_drain_host", fields.host())
                    .with("__heroku_drain_app", fields.app())
                    .with("__heroku_drain_proc", fields.process())
                    .with("__heroku_drain_log_id", fields.logId());
            Labels kept = rules.apply(arrived).orElse(null);
            if (kept != null) {
              Entry entry = sender.add();
              entry.labels(withFixed(kept, current.labels(), common.get(TENANT_LABEL)));
              long time = received + sender.count();
              entry.timestamp(current.useIncomingTimestamp() ? fields.timestamp() : time);
              entry.line(buffer, from, end - from);
            }
          });
    } catch (DrainFrames.MalformedException e) {
      throw new IllegalStateException("read well before", e);
    }
    entries.increment((double) sender.count());
  }

  /// The component's labels, over which those of rules win, and the tenant.
  private static Labels withFixed(
      Labels kept, Map<String, String> fixed, @org.jspecify.annotations.Nullable String tenant) {
    Labels labels = kept;
    for (Map.Entry<String, String> label : fixed.entrySet()) {
      if (kept.get(label.getKey()) == null) {
        labels = labels.with(label.getKey(), label.getValue());
      }
    }
    return tenant == null ? labels : labels.with(TENANT_LABEL, tenant);
  }

  @Override
  public void close() {
    intake.close();
  }
}
