package dev.weir.agent.loki.source.api;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.httpserver.Call;
import dev.weir.agent.httpserver.Handler;
import dev.weir.agent.httpserver.Refusal;
import dev.weir.agent.httpserver.Reply;
import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.intake.Intake;
import dev.weir.agent.loki.intake.Pending;
import dev.weir.agent.loki.intake.Pending.Outcome;
import dev.weir.agent.loki.source.api.LokiSourceApi.Arguments;
import dev.weir.agent.metrics.PlainCounter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// Answers pushes: 204 when all of it is delivered, 400 when it is not understood, 503 when it
/// could not be delivered in time.
///
/// Thread-safe.
final class PushHandler implements Handler, AutoCloseable {
  private static final String PUSH = "/api/v1/push";
  private static final String RAW = "/api/v1/raw";
  private static final String LOKI = "/loki";
  private static final int LANES = 4;

  /// Senders of the Loki family wait ten seconds; they must have an answer before.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final ComponentContext context;
  private final Intake<PushLane> intake;
  private final Unanswered unanswered = new Unanswered();
  private final PlainCounter written;
  private final RateLimitedLog refused;
  private volatile Arguments arguments;

  PushHandler(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
    intake = new Intake<>(context.id(), LANES, PushLane::new);
    refused = new RateLimitedLog(context.log(), LOG_INTERVAL);
    written =
        context
            .metrics()
            .plainCounter("loki_source_api_entries_written", "Total number of entries written.");
  }

  void update(Arguments next) {
    arguments = next;
  }

  @Override
  public String route(String path) {
    return switch (path) {
      case PUSH -> "api_v1_push";
      case RAW -> "api_v1_raw";
      case LOKI + PUSH -> "loki_api_v1_push";
      case LOKI + RAW -> "loki_api_v1_raw";
      case "/ready" -> "ready";
      default -> "";
    };
  }

  @Override
  public Reply answer(Call call) throws IOException, Refusal, InterruptedException {
    return switch (call.path()) {
      case PUSH, LOKI + PUSH -> taken(posted(call), true);
      case RAW, LOKI + RAW -> taken(posted(call), false);
      case "/ready" -> Reply.text(200, "ready");
      default -> throw new Refusal(404, "404 page not found");
    };
  }

  private static Call posted(Call call) throws Refusal {
    if (!call.method().equals("POST")) {
      throw new Refusal(405, "method not allowed");
    }
    return call;
  }

  private Reply taken(Call call, boolean push) throws IOException, Refusal, InterruptedException {
    try {
      return push ? push(call) : raw(call);
    } catch (MalformedPush e) {
      // Its message may quote the body, which is for the sender's eyes only.
      refused.at(Level.WARN).addKeyValue("path", call.path()).log("push not understood");
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    } catch (Refusal e) {
      refused.at(Level.WARN).addKeyValue("err", e.getMessage()).log("push refused");
      throw e;
    }
  }

  private Reply push(Call call) throws IOException, Refusal, MalformedPush, InterruptedException {
    Arguments current = arguments;
    long deadline = deadline(current);
    String tenant = call.tenant();
    long limit = current.maxSendMessageSize().bytes();
    byte[] body = call.body(limit);
    ByteBuffer key = Unanswered.key(tenant, body);
    var pending = new Pending();
    Pending before = unanswered.putIfAbsent(key, pending);
    if (before != null) {
      return answered(before, key, deadline, null);
    }
    var entries = new PushedEntries(current, tenant, context.clock().instant());
    boolean passedOn = false;
    try {
      byte[] content = Bodies.ofPush(call, body, limit);
      boolean json = Bodies.isJson(call);
      // Once for nothing: either all of a push is understood or none of it is passed on.
      read(json, content, PushSink.NOWHERE);
      passedOn = passOn(current, pending, deadline, entries, sink -> read(json, content, sink));
    } finally {
      if (!passedOn) {
        unanswered.remove(key);
      }
    }
    call.memory().close();
    return answered(pending, key, deadline, entries.problem());
  }

  private static void read(boolean json, byte[] content, PushSink sink)
      throws MalformedPush, InterruptedException {
    if (json) {
      JsonPush.read(content, content.length, sink);
    } else {
      ProtobufPush.read(content, content.length, sink);
    }
  }

  private Reply raw(Call call) throws IOException, Refusal, MalformedPush, InterruptedException {
    Arguments current = arguments;
    long deadline = deadline(current);
    long limit = current.maxSendMessageSize().bytes();
    byte[] content = Bodies.ofText(call, call.body(limit), limit);
    var entries = new PushedEntries(current, "", context.clock().instant());
    var pending = new Pending();
    passOn(current, pending, deadline, entries, sink -> RawLines.read(content, sink));
    call.memory().close();
    return answered(pending, null, deadline, null);
  }

  /// Reads a body into a sink.
  @FunctionalInterface
  private interface Reading {
    void into(PushSink sink) throws MalformedPush, InterruptedException;
  }

  private boolean passOn(
      Arguments current, Pending pending, long deadline, PushedEntries entries, Reading reading)
      throws Refusal, InterruptedException {
    boolean taken =
        intake.take(
            Fanout.to(current.forwardTo()),
            pending,
            deadline,
            (sender, lane) -> {
              try {
                reading.into(entries.into(sender, lane));
              } catch (MalformedPush e) {
                throw new IllegalStateException("read well before", e);
              }
            });
    if (!taken) {
      throw Refusal.unavailable("receivers are full");
    }
    written.add(entries.count());
    return true;
  }

  /// @param key null for requests that may well come twice
  /// @param problem of some of the streams
  private Reply answered(
      Pending pending, @Nullable ByteBuffer key, long deadline, @Nullable String problem)
      throws Refusal, InterruptedException {
    Outcome outcome = pending.await(deadline);
    if (key != null && outcome != Outcome.UNDER_WAY) {
      unanswered.remove(key);
    }
    switch (outcome) {
      case DELIVERED -> {}
      case FAILED -> throw Refusal.unavailable("not delivered");
      case UNDER_WAY -> throw Refusal.unavailable("not delivered yet");
    }
    if (problem != null) {
      throw Refusal.badRequest(problem);
    }
    return Reply.NO_CONTENT;
  }

  private static long deadline(Arguments current) {
    Duration timeout = current.server().http().serverWriteTimeout();
    Duration wait = timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT;
    return System.nanoTime() + wait.toNanos();
  }

  /// Called when no request is under way any more.
  @Override
  public void close() {
    intake.close();
  }
}
