package dev.weir.agent.loki.write;

import dev.weir.agent.httpclient.EgressException;
import dev.weir.agent.httpclient.Header;
import dev.weir.agent.httpclient.HttpClient;
import dev.weir.agent.httpclient.HttpRequest;
import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Delivers a shard's pushes one after the other, each until its fate is settled.
///
/// A push stays one request, sent again byte for byte, unless Loki's answer says that it cannot be
/// taken as it is; then it goes on in parts, whose entries are still the same bytes.
final class Sender implements Runnable {
  private static final int BODY_LIMIT = 16 << 10;
  private static final int BAD_REQUEST = 400;
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final long PAUSE_AFTER_BUG = 1_000_000_000;

  /// After so many refusals in a row for sending too fast, a push is tried in halves: one larger
  /// than the burst that Loki allows would never pass. What is smaller than any sensible burst
  /// stays whole, or a long storm of refusals would grind pushes down to single lines.
  private static final int RATE_LIMITED_BEFORE_SPLIT = 4;

  private static final int SMALLEST_BURST = 256 << 10;

  private final EndpointArguments arguments;
  private final Shard shard;
  private final Splitter splitter;
  private final HttpClient client;
  private final EndpointStatus status;
  private final EndpointMetrics metrics;
  private final Quarantine quarantine;
  private final Runnable sending;
  private final Logger log;
  private final RateLimitedLog failures;
  private final RateLimitedLog refusals;
  private final URI uri;
  private final Backoff backoff;
  private volatile boolean busy;

  Sender(
      EndpointArguments arguments,
      Shard shard,
      SnappyBlocks snappy,
      HttpClient client,
      EndpointStatus status,
      EndpointMetrics metrics,
      Quarantine quarantine,
      Runnable sending,
      Logger log) {
    this.arguments = arguments;
    this.shard = shard;
    this.splitter = new Splitter(snappy);
    this.client = client;
    this.status = status;
    this.metrics = metrics;
    this.quarantine = quarantine;
    this.sending = sending;
    this.log = log;
    this.failures = new RateLimitedLog(log, LOG_INTERVAL);
    this.refusals = new RateLimitedLog(log, LOG_INTERVAL);
    this.uri = arguments.uri();
    this.backoff = new Backoff(arguments.minBackoffPeriod(), arguments.maxBackoffPeriod());
  }

  /// Runs until the shard has no more pushes, or is closed.
  @Override
  public void run() {
    try {
      for (Push push = shard.take(); push != null; push = shard.take()) {
        try {
          deliver(push);
        } catch (RuntimeException e) {
          // A bug of ours. Its push goes back to the sources; the others must not wait for it.
          log.atError().setCause(e).log("delivery failed unexpectedly");
          shard.pause(PAUSE_AFTER_BUG);
        }
      }
    } catch (InterruptedException e) {
      // The endpoint closes; what is left goes back to the sources.
    } finally {
      client.close();
    }
  }

  private void deliver(Push push) throws InterruptedException {
    boolean delivered = false;
    try {
      var job = new Job(push);
      for (Push.Part part = job.next(); part != null; part = job.next()) {
        send(part, job);
      }
      delivered = true;
    } finally {
      shard.settle(push, delivered);
    }
  }

  /// Sends a part until Loki takes it, it is given up, or it is replaced by smaller ones.
  private void send(Push.Part part, Job job) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Answer answer = attempt(part, job);
      switch (answer.verdict()) {
        case DELIVERED -> {
          job.push.metrics().sent(part, part.entries(), job.push.since());
          backoff.reset();
          status.delivered();
          return;
        }
        case REJECTED -> {
          rejected(part, answer, job);
          return;
        }
        case TOO_LARGE -> {
          tooLarge(part, answer, job);
          return;
        }
        case RATE_LIMITED, RETRY, MISCONFIGURED -> {
          if (!retries(part, answer, attempt, job)) {
            return;
          }
        }
      }
    }
  }

  private Answer attempt(Push.Part part, Job job) throws InterruptedException {
    if (shard.isClosed()) {
      throw new InterruptedException("endpoint closed");
    }
    long start = System.nanoTime();
    Answer answer = answer(part, job.headers);
    job.push.metrics().attempted(part, answer.status(), System.nanoTime() - start);
    return answer;
  }

  private Answer answer(Push.Part part, List<Header> headers) {
    var request = new HttpRequest("POST", uri, headers, part.bytes(), part.length());
    busy = true;
    sending.run();
    try {
      return Answer.of(client.send(request, arguments.remoteTimeout(), BODY_LIMIT));
    } catch (EgressException e) {
      metrics.denied();
      return Answer.failure(e);
    } catch (IOException e) {
      return Answer.failure(e);
    } finally {
      busy = false;
    }
  }

  /// Whether a request is under way. Any thread.
  boolean isSending() {
    return busy;
  }

  /// Waits for the next attempt.
  ///
  /// @return false when there shall be none
  private boolean retries(Push.Part part, Answer answer, int attempt, Job job)
      throws InterruptedException {
    if (shard.isClosed()) {
      throw new InterruptedException("endpoint closed");
    }
    boolean limited = answer.verdict() == Answer.Verdict.RATE_LIMITED;
    int most = arguments.maxBackoffRetries();
    if ((limited && !arguments.retryOnHttp429()) || (most > 0 && attempt >= most)) {
      drop(part, limited ? DropReason.RATE_LIMITED : DropReason.INGESTER_ERROR, answer, job);
      return false;
    }
    if (answer.verdict() == Answer.Verdict.MISCONFIGURED) {
      backoff.slowDown();
    }
    long wait = backoff.next(answer.retryAfter());
    status.failed(answer);
    warn("push failed, trying again", answer, wait / 1_000_000);
    shard.pause(wait);
    job.push.metrics().retried();
    if (limited && attempt >= RATE_LIMITED_BEFORE_SPLIT && isLarge(part)) {
      job.insert(splitter.halves(part));
      return false;
    }
    return true;
  }

  private static boolean isLarge(Push.Part part) {
    return part.entries() > 1 && part.size() > SMALLEST_BURST;
  }

  private void tooLarge(Push.Part part, Answer answer, Job job) {
    if (part.entries() == 1) {
      quarantine(part, new Rejection(answer.text()), 1, answer, job);
      drop(part, DropReason.LINE_TOO_LONG, answer, job);
    } else {
      job.insert(splitter.halves(part));
    }
  }

  /// Loki has refused some entries. Where it says which, it has stored the others; where nobody
  /// knows, the part is halved until they are found.
  ///
  /// Of several errors Loki tells one only. While its ingesters fail, what it does not tell of may
  /// not have been stored, and is sent again in halves as well.
  private void rejected(Push.Part part, Answer answer, Job job) {
    var rejection = new Rejection(answer.text());
    boolean several = part.entries() > 1;
    boolean partial = several && answer.status() == BAD_REQUEST && rejection.isPartial();
    if (partial && !status.isTroubledInside()) {
      partlyTaken(part, rejection, answer, job);
    } else if (several && job.mayResend(part)) {
      job.insert(splitter.halves(part));
    } else if (partial) {
      partlyTaken(part, rejection, answer, job);
    } else {
      quarantine(part, rejection, part.entries(), answer, job);
      drop(part, rejection.reason(), answer, job);
    }
  }

  /// Keeps what is refused, where that is wanted.
  ///
  /// @param entries how many it is
  private void quarantine(
      Push.Part part, Rejection rejection, int entries, Answer answer, Job job) {
    if (!quarantine.isOpen()) {
      return;
    }
    PushContent content = splitter.content(part);
    List<PushContent.Item> items =
        entries == part.entries() ? content.items() : new Suspects(rejection).of(content);
    quarantine.keep(
        items,
        new Quarantine.Cause(
            arguments.host(),
            job.push.tenant(),
            answer.status(),
            rejection.reason(),
            answer.summary(),
            items.size() == entries));
  }

  private void partlyTaken(Push.Part part, Rejection rejection, Answer answer, Job job) {
    Splitter.Refused refused = splitter.refused(part, rejection);
    quarantine(part, rejection, refused.entries(), answer, job);
    drop(refused, rejection.reason(), answer, job);
    int taken = part.entries() - refused.entries();
    if (taken > 0) {
      job.push.metrics().sent(part, taken, job.push.since());
      status.delivered();
    }
    backoff.reset();
  }

  private void drop(Push.Part part, DropReason reason, Answer answer, Job job) {
    drop(new Splitter.Refused(part.entries(), part.payload()), reason, answer, job);
  }

  private void drop(Splitter.Refused refused, DropReason reason, Answer answer, Job job) {
    job.push.metrics().dropped(reason, refused.entries(), refused.payload());
    status.dropped(answer);
    if (!job.told) {
      job.told = true;
      refusals
          .at(Level.ERROR)
          .addKeyValue("host", arguments.host())
          .addKeyValue("tenant", job.push.tenant())
          .addKeyValue("status", answer.status())
          .addKeyValue("reason", reason.text())
          .addKeyValue("entries", refused.entries())
          .addKeyValue("error", answer.text())
          .log("entries refused and dropped");
    }
  }

  private void warn(String message, Answer answer, long waitMillis) {
    failures
        .at(Level.WARN)
        .addKeyValue("host", arguments.host())
        .addKeyValue("status", answer.status())
        .addKeyValue("error", answer.text())
        .addKeyValue("wait_ms", waitMillis)
        .log(message);
  }

  /// The state of one push: the parts that are still to be sent, in order.
  private final class Job {
    private final Push push;
    private final List<Header> headers;
    private final Deque<Push.Part> parts = new ArrayDeque<>();
    private int resendsLeft;
    private boolean told;

    Job(Push push) {
      this.push = push;
      this.headers = headers(push.tenant());
      this.resendsLeft = 8 * (Integer.SIZE - Integer.numberOfLeadingZeros(push.whole().entries()));
      parts.add(push.whole());
    }

    Push.@Nullable Part next() {
      return parts.poll();
    }

    /// Puts parts before those that are left.
    void insert(List<Push.Part> pieces) {
      for (int i = pieces.size() - 1; i >= 0; i--) {
        parts.addFirst(pieces.get(i));
      }
    }

    /// Whether halving is still worth it. One bad line costs two requests per halving; a push full
    /// of them would cost two per line, when Loki has long stored the good ones.
    boolean mayResend(Push.Part part) {
      resendsLeft -= part.entries() > 1 ? 2 : 0;
      return resendsLeft >= 0;
    }
  }

  private List<Header> headers(String tenant) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", "application/x-protobuf"));
    headers.add(new Header("Content-Encoding", "snappy"));
    if (!tenant.isEmpty()) {
      headers.add(new Header("X-Scope-OrgID", tenant));
    }
    for (Map.Entry<String, Secret> extra : arguments.headers().entrySet()) {
      if (headers.stream().noneMatch(known -> known.name().equalsIgnoreCase(extra.getKey()))) {
        headers.add(new Header(extra.getKey(), extra.getValue().reveal()));
      }
    }
    return headers;
  }
}
