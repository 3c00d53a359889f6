package dev.weir.agent.loki.secretfilter;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.river.eval.Default;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Makes secrets in lines unreadable: tokens, keys and passwords that rules in the form of gitleaks
/// find.
public final class LokiSecretfilter implements Component<LokiSecretfilter.Arguments>, Receiver {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.secretfilter",
          Stability.PUBLIC_PREVIEW,
          Arguments.class,
          Exports.class,
          LokiSecretfilter::new);

  /// Origins counted apart; a label with ever new values must not fill the heap.
  private static final int MOST_ORIGINS = 1000;

  /// What the block holds.
  ///
  /// @param forwardTo who gets the redacted entries
  /// @param originLabel whose value redactions are counted by
  /// @param redactWith what stands in the place of a secret
  /// @param redactPercent how much of a secret is cut off where `redact_with` is empty
  /// @param gitleaksConfig a file of rules; those of the agent when empty
  /// @param rate the share of entries that are looked at
  /// @param processingTimeout for one entry; zero for any time
  /// @param dropOnTimeout whether an entry that takes longer is dropped, instead of passed as far
  ///   as it was redacted
  /// @param labelTimedOut whether an entry that took longer gets the label
  ///   `secretfilter="timed-out"`
  public record Arguments(
      List<Receiver> forwardTo,
      @Default("\"\"") String originLabel,
      @Default("\"\"") String redactWith,
      @Default("80") int redactPercent,
      @Default("\"\"") String gitleaksConfig,
      @Default("1.0") double rate,
      @Default("\"0s\"") Duration processingTimeout,
      @Default("false") boolean dropOnTimeout,
      @Default("false") boolean labelTimedOut) {
    public Arguments {
      forwardTo = List.copyOf(forwardTo);
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException(
            "secretfilter: rate must be between 0.0 and 1.0, received " + rate);
      }
      if (redactPercent < 0) {
        throw new IllegalArgumentException("redact_percent must not be negative");
      }
      if (processingTimeout.isNegative()) {
        throw new IllegalArgumentException("processing_timeout must not be negative");
      }
    }
  }

  /// What others refer to.
  ///
  /// @param receiver of the entries to redact
  public record Exports(Receiver receiver) {}

  private record Plan(
      Arguments arguments, Detector detector, Redaction redaction, Receiver receiver) {}

  private final FilterMetrics metrics;
  private final Set<String> origins = ConcurrentHashMap.newKeySet();
  private volatile Plan plan;

  LokiSecretfilter(Arguments arguments, ComponentContext context) throws ComponentException {
    metrics = new FilterMetrics(context.metrics());
    plan = plan(arguments);
    context.publish(new Exports(this));
  }

  private static Plan plan(Arguments arguments) throws ComponentException {
    String file = arguments.gitleaksConfig();
    try {
      SecretRules rules = file.isEmpty() ? SecretRules.builtIn() : SecretRules.read(Path.of(file));
      return new Plan(
          arguments,
          new Detector(rules),
          new Redaction(arguments.redactWith(), arguments.redactPercent()),
          Fanout.to(arguments.forwardTo()));
    } catch (IOException e) {
      throw new ComponentException("read gitleaks config: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new ComponentException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void accept(Batch batch) throws InterruptedException {
    Plan current = plan;
    long start = System.nanoTime();
    Batch out = batch.fork();
    int bypassed = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (isBypassed(current.arguments().rate())) {
        bypassed++;
        out.add().copyFrom(batch.get(i));
      } else {
        filter(current, batch.get(i), out);
      }
    }
    metrics.bypassed.increment(bypassed);
    metrics.duration.record((System.nanoTime() - start) / 1e9);
    if (!out.isEmpty()) {
      current.receiver().accept(out);
    }
  }

  @Override
  public @Nullable String holdup() {
    return plan.receiver().holdup();
  }

  private static boolean isBypassed(double rate) {
    return rate < 1 && ThreadLocalRandom.current().nextDouble() >= rate;
  }

  private void filter(Plan current, Entry entry, Batch out) {
    Arguments arguments = current.arguments();
    Detector.Result result =
        current
            .detector()
            .detect(
                entry.buffer(),
                entry.offset(),
                entry.length(),
                arguments.processingTimeout().toNanos());
    if (result.timedOut()) {
      metrics.timedOut.increment();
      if (arguments.dropOnTimeout()) {
        metrics.dropped.increment();
        return;
      }
    }
    Entry copy = out.add();
    copy.copyFrom(entry);
    if (result.timedOut() && arguments.labelTimedOut()) {
      copy.labels(copy.labels().with("secretfilter", "timed-out"));
    }
    if (!result.findings().isEmpty()) {
      redact(current, result.findings(), copy);
    }
  }

  private void redact(Plan current, List<Finding> findings, Entry entry) {
    String origin = origin(entry, current.arguments().originLabel());
    byte[] line =
        Arrays.copyOfRange(entry.buffer(), entry.offset(), entry.offset() + entry.length());
    for (Finding finding : findings) {
      line = Redaction.replaced(line, finding.secret(), current.redaction().of(finding));
      metrics.redacted(finding.rule(), origin);
    }
    entry.line(line, 0, line.length);
  }

  private String origin(Entry entry, String label) {
    String origin = label.isEmpty() ? null : entry.labels().get(label);
    if (origin == null) {
      return "";
    }
    boolean counted = origins.contains(origin) || origins.size() < MOST_ORIGINS;
    if (counted) {
      origins.add(origin);
    }
    return counted ? origin : "";
  }

  @Override
  public void run() throws InterruptedException {
    // All its work is done on its callers' threads.
    new CountDownLatch(1).await();
  }

  @Override
  public void update(Arguments arguments) throws ComponentException {
    plan = plan(arguments);
  }
}
