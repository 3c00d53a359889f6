package dev.weir.agent.sandbox;

import dev.weir.agent.sandbox.SandboxOptions.Mode;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes pushes, with whatever fault the script has for them.
///
/// Thread-safe.
final class PushApi {
  /// Pushes remembered for [Sandbox#pushes].
  private static final int REMEMBERED = 10_000;

  private static final int SNAPPY_LENGTH_BYTES = 5;

  private final SandboxOptions options;
  private final Pushes pushes;
  private final Faults faults;
  private final Counters counters;
  private final CountDownLatch closing;
  private final AtomicLong nextIndex = new AtomicLong();
  private final Deque<ReceivedPush> received = new ArrayDeque<>();

  PushApi(
      SandboxOptions options,
      Pushes pushes,
      Faults faults,
      Counters counters,
      CountDownLatch closing) {
    this.options = options;
    this.pushes = pushes;
    this.faults = faults;
    this.counters = counters;
    this.closing = closing;
  }

  /// The latest pushes, oldest first.
  List<ReceivedPush> received() {
    synchronized (received) {
      return new ArrayList<>(received);
    }
  }

  /// Answers a push, or returns null to close the connection.
  @Nullable HttpAnswer answer(String tenant, HttpRequest request, HttpConnection connection)
      throws IOException, InterruptedException {
    counters.pushes.increment();
    var push =
        new ReceivedPush(nextIndex.getAndIncrement(), tenant, request.headers(), 0, "", 0, 0);
    Fault fault = faults.take(push);
    if (options.mode() == Mode.COUNT_BYTES && fault instanceof Fault.None) {
      return counted(request, connection);
    }
    return switch (fault) {
      case Fault.None() -> taken(push, request, connection, null);
      case Fault.Delay(Duration time) -> {
        if (closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
          yield null;
        }
        yield taken(push, request, connection, null);
      }
      case Fault.Status status -> taken(push, request, connection, status);
      case Fault.LostAnswer() -> {
        taken(push, request, connection, null);
        yield null;
      }
      case Fault.Reset() -> {
        remember(push);
        connection.reset();
        yield null;
      }
      case Fault.HalfRead(int bytes) -> {
        connection.readSome(bytes);
        remember(push);
        connection.reset();
        yield null;
      }
      case Fault.NoAnswer() -> {
        remember(push);
        connection.awaitEnd();
        yield null;
      }
    };
  }

  private HttpAnswer counted(HttpRequest request, HttpConnection connection) throws IOException {
    var start = new byte[SNAPPY_LENGTH_BYTES];
    try {
      long length = connection.skipBody(start);
      counters.bodyBytes.add(length);
      counters.add(Bodies.isJson(request) ? new PushSize(length, 0, 0) : PushSize.announced(start));
      return HttpAnswer.NO_CONTENT;
    } catch (BadRequest e) {
      return HttpAnswer.error(e);
    }
  }

  private HttpAnswer taken(
      ReceivedPush push,
      HttpRequest request,
      HttpConnection connection,
      Fault.@Nullable Status instead)
      throws IOException {
    byte[] body = {};
    int entries = 0;
    HttpAnswer answer;
    try {
      body = connection.body();
      counters.bodyBytes.add(body.length);
      if (instead == null) {
        entries = handle(push.tenant(), request, body);
        answer = HttpAnswer.NO_CONTENT;
      } else {
        answer = HttpAnswer.text(instead.status(), instead.body()).withHeaders(instead.headers());
      }
    } catch (BadRequest e) {
      answer = HttpAnswer.error(e);
    }
    if (options.mode() == Mode.STORE) {
      remember(
          new ReceivedPush(
              push.index(),
              push.tenant(),
              push.headers(),
              body.length,
              hash(body),
              entries,
              answer.status()));
    }
    return answer;
  }

  private int handle(String tenant, HttpRequest request, byte[] body) throws BadRequest {
    if (request.header("content-type", "").isBlank()) {
      throw new BadRequest("mime: no media type");
    }
    byte[] decoded = Bodies.decoded(request, body, options.limits().maxBodySize());
    boolean json = Bodies.isJson(request);
    if (options.mode() == Mode.COUNT_ENTRIES && !json) {
      PushSize size = PushSize.of(decoded);
      counters.add(size);
      return size.entries();
    }
    List<PushedStream> streams = json ? JsonPush.decode(decoded) : PushDecoder.decode(decoded);
    PushSize size = PushSize.of(decoded.length, streams);
    counters.add(size);
    if (options.mode() == Mode.STORE) {
      checkHandingOn(decoded.length);
      pushes.store(tenant, streams);
    }
    return size.entries();
  }

  /// Loki checks a push whole and hands it to the part that stores it, which takes no more than
  /// this.
  private void checkHandingOn(int size) throws BadRequest {
    int most = options.limits().maxMessageSize();
    if (size > most) {
      throw new BadRequest(
          500,
          "rpc error: code = ResourceExhausted desc = grpc: received message larger than max"
              + " (%d vs. %d)".formatted(size, most));
    }
  }

  private void remember(ReceivedPush push) {
    synchronized (received) {
      received.addLast(push);
      if (received.size() > REMEMBERED) {
        received.removeFirst();
      }
    }
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
