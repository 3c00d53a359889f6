package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.event.Level;

/// Takes part in a consumer group until it is interrupted: with one consumer after the other where
/// arguments change or one breaks.
final class Membership implements Runnable {
  private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(30);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

  private final ComponentContext context;
  private final Supplier<Arguments> arguments;
  private final KafkaStatus status;
  private final Duration topicsEvery;
  private final RateLimitedLog failures;
  private long retryDelay = FIRST_RETRY;

  /// @param arguments the present ones
  Membership(
      ComponentContext context,
      Supplier<Arguments> arguments,
      KafkaStatus status,
      Duration topicsEvery) {
    this.context = context;
    this.arguments = arguments;
    this.status = status;
    this.topicsEvery = topicsEvery;
    this.failures = new RateLimitedLog(context.log(), LOG_INTERVAL);
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        join(arguments.get());
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void join(Arguments opened) throws InterruptedException {
    long start = System.nanoTime();
    try (Polling polling =
        new Polling(context, opened, arguments, status, topicsEvery, consumer(opened))) {
      polling.run();
      retryDelay = FIRST_RETRY;
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      // The latter where the native code of a compression cannot be loaded.
      if (System.nanoTime() - start > LONGEST_RETRY) {
        retryDelay = FIRST_RETRY;
      }
      failed(opened, e);
    }
  }

  private static Consumer<byte[], byte[]> consumer(Arguments opened) {
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(ClientSettings.of(opened), bytes, bytes);
  }

  private void failed(Arguments opened, Throwable failure) throws InterruptedException {
    String message = message(failure);
    failures.at(Level.ERROR).addKeyValue("err", message).log("topics cannot be read");
    status.problem(message);
    pause(opened, retryDelay);
    retryDelay = Math.min(2 * retryDelay, LONGEST_RETRY);
  }

  /// The innermost message: the outer ones say that something failed.
  private static String message(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return innermost instanceof KafkaException && message != null ? message : innermost.toString();
  }

  private void pause(Arguments opened, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0 && opened.connectsLike(arguments.get())) {
      LockSupport.parkNanos(this, Math.min(LOOK_EVERY, end - System.nanoTime()));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
