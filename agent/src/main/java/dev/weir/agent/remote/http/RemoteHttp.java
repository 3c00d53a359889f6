package dev.weir.agent.remote.http;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.httpclient.Header;
import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.OptionalSecret;
import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Exports what a URL answers, asked again and again. The last answer stays while there is no good
/// one.
///
/// It asks once before it runs: what refers to its content cannot be evaluated without.
public final class RemoteHttp implements Component<RemoteHttp.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "remote.http",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          RemoteHttp::new);

  /// What the block holds.
  ///
  /// @param url what to fetch
  /// @param pollFrequency how often it is asked
  /// @param pollTimeout for one answer
  /// @param isSecret whether the content is kept from messages and from becoming a string
  /// @param method of the request
  /// @param headers of the request
  /// @param body of the request
  /// @param client how to reach the server
  public record Arguments(
      String url,
      @Default("\"1m\"") Duration pollFrequency,
      @Default("\"10s\"") Duration pollTimeout,
      @Default("false") boolean isSecret,
      @Default("\"GET\"") String method,
      @Default("{}") Map<String, Secret> headers,
      @Default("\"\"") String body,
      @BlockField @Default HttpClientArguments client) {
    public Arguments {
      if (!pollFrequency.isPositive()) {
        throw new IllegalArgumentException("poll_frequency must be greater than 0");
      }
      if (!pollTimeout.isPositive()) {
        throw new IllegalArgumentException("poll_timeout must be greater than 0");
      }
      if (pollTimeout.compareTo(pollFrequency) >= 0) {
        throw new IllegalArgumentException("poll_timeout must be less than poll_frequency");
      }
      if (!method.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        throw new IllegalArgumentException("net/http: invalid method \"" + method + "\"");
      }
      headers.forEach((name, value) -> new Header(name, value.reveal()));
      checkUrl(url);
    }

    private static void checkUrl(String url) {
      URI uri;
      try {
        uri = URI.create(url);
      } catch (IllegalArgumentException e) {
        // Its message repeats the URL, which may hold a password.
        throw new IllegalArgumentException("url is not a URL");
      }
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!http || uri.getHost() == null) {
        throw new IllegalArgumentException("url must start with http:// or https://");
      }
    }
  }

  /// What others refer to.
  ///
  /// @param content of the last answer with status 200
  public record Exports(OptionalSecret content) {}

  private final ComponentContext context;
  private final Semaphore changed = new Semaphore(0);
  private volatile Poll poll;
  private volatile Health health;

  RemoteHttp(Arguments arguments, ComponentContext context) throws ComponentException {
    this.context = context;
    health = new Health(Health.State.UNKNOWN, "component started", context.clock().instant());
    poll = new Poll(arguments, context.agent().version());
    try {
      ask(poll);
    } catch (IOException e) {
      poll.close();
      throw new ComponentException(health.message(), e);
    }
  }

  private void ask(Poll from) throws IOException {
    try {
      answered(from, from.content());
    } catch (IOException e) {
      failed(from, e);
      throw e;
    }
  }

  private synchronized void answered(Poll from, String content) {
    if (!from.isReplaced()) {
      context.publish(new Exports(new OptionalSecret(from.arguments().isSecret(), content)));
      health = health(Health.State.HEALTHY, "polled endpoint");
    }
  }

  private synchronized void failed(Poll from, IOException e) {
    if (!from.isReplaced()) {
      health = health(Health.State.UNHEALTHY, "polling failed: " + e.getMessage());
    }
  }

  private Health health(Health.State state, String message) {
    return new Health(state, message, context.clock().instant());
  }

  @Override
  public void run() throws InterruptedException {
    try {
      while (true) {
        Duration wait = poll.arguments().pollFrequency();
        if (changed.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          changed.drainPermits();
        } else {
          askAgain();
        }
      }
    } finally {
      poll.close();
    }
  }

  private void askAgain() {
    boolean wasHealthy = health.state() == Health.State.HEALTHY;
    Poll asked = poll;
    try {
      ask(asked);
    } catch (IOException e) {
      if (wasHealthy && !asked.isReplaced()) {
        context.log().atError().addKeyValue("err", e.getMessage()).log("the last answer stays");
      }
    }
  }

  /// Asks the new URL at once, whatever the old one is waiting for.
  @Override
  public void update(Arguments arguments) throws ComponentException {
    var next = new Poll(arguments, context.agent().version());
    try {
      ask(next);
    } catch (IOException e) {
      next.close();
      throw new ComponentException(health.message(), e);
    }
    replace(next);
    changed.release();
  }

  private synchronized void replace(Poll next) {
    Poll old = poll;
    poll = next;
    old.close();
  }

  @Override
  public Optional<Health> health() {
    return Optional.of(health);
  }
}
