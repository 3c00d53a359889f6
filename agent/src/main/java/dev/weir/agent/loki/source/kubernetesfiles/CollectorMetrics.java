package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.loki.tail.TailStats;
import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.metrics.TargetGauge;
import dev.weir.agent.metrics.TargetGauge.Sample;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// What the component counts, over all its files. Thread-safe.
final class CollectorMetrics {
  private final Set<OpenLog> open = ConcurrentHashMap.newKeySet();
  private final LongAdder losses = new LongAdder();
  private TailStats before = new TailStats(0, 0, 0, 0, 0, 0, 0, 0);

  CollectorMetrics(ComponentMetrics metrics) {
    String prefix = "loki_source_kubernetes_files_";
    metrics.gauge(
        prefix + "pods_active", "Pods whose logs are being read.", this, CollectorMetrics::pods);
    metrics.gauge(
        prefix + "containers_active",
        "Containers whose logs are being read.",
        this,
        CollectorMetrics::containers);
    metrics.gauge(
        prefix + "files_active", "Log files that are open.", this, all -> all.open.size());
    metrics.gauge(
        prefix + "files_waiting",
        "Log files that are held open until it is known what pod they are of.",
        this,
        CollectorMetrics::waiting);
    metrics.gauge(
        prefix + "lag_bytes",
        "Bytes in log files that are not yet confirmed.",
        this,
        all -> all.now(TailStats::lag));
    metrics.add(
        new TargetGauge(
            prefix + "target_lag_bytes",
            "Bytes in a container's log files that are not yet confirmed.",
            () -> samples(log -> (double) log.stats().lag())));
    metrics.add(
        new TargetGauge(
            prefix + "target_lag_seconds",
            "How long the oldest whole line of a container that is not yet confirmed has waited.",
            () -> samples(OpenLog::lagSeconds)));
    counters(metrics, prefix);
  }

  /// The worst of each container's files.
  private Collection<Sample> samples(ToDoubleFunction<OpenLog> value) {
    Map<String, Sample> samples = new LinkedHashMap<>();
    for (OpenLog log : open) {
      if (!log.isHeld()) {
        PodLogFile file = log.file();
        var labels =
            List.of(
                "namespace", file.namespace(), "pod", file.pod(), "container", file.container());
        samples.merge(
            file.namespace() + "/" + file.pod() + "/" + file.container(),
            new Sample(labels, value.applyAsDouble(log)),
            (one, other) -> one.value() >= other.value() ? one : other);
      }
    }
    return samples.values();
  }

  /// How long the oldest of all that is not confirmed has waited.
  double oldestSeconds() {
    return open.stream().mapToDouble(OpenLog::lagSeconds).max().orElse(0);
  }

  private void counters(ComponentMetrics metrics, String prefix) {
    count(metrics, prefix + "read_bytes_total", "Bytes of files read.", TailStats::readBytes);
    count(metrics, prefix + "read_lines_total", "Lines read.", TailStats::lines);
    count(
        metrics,
        prefix + "lost_bytes_total",
        "Bytes that were deleted or overwritten before they were read.",
        TailStats::lostBytes);
    count(
        metrics,
        prefix + "long_lines_total",
        "Lines that were longer than max_line_size.",
        TailStats::cutLines);
    count(
        metrics,
        prefix + "malformed_lines_total",
        "Lines that were no records of a container runtime, and were passed on as they are.",
        TailStats::brokenRecords);
    metrics.counter(
        prefix + "losses_total",
        "Times that something was, or may have been, deleted or overwritten before it was read.",
        losses,
        LongAdder::sum);
  }

  private void count(
      ComponentMetrics metrics, String name, String help, ToLongFunction<TailStats> value) {
    metrics.counter(name, help, this, all -> all.total(value));
  }

  synchronized void opened(OpenLog log) {
    open.add(log);
  }

  /// Adds what a log that has ended has done to what was done before.
  synchronized void ended(OpenLog log) {
    if (open.remove(log)) {
      TailStats last = log.stats();
      before =
          new TailStats(
              before.readBytes() + last.readBytes(),
              before.lines() + last.lines(),
              0,
              0,
              0,
              before.lostBytes() + last.lostBytes(),
              before.brokenRecords() + last.brokenRecords(),
              before.cutLines() + last.cutLines());
    }
  }

  void loss() {
    losses.increment();
  }

  private synchronized long total(ToLongFunction<TailStats> value) {
    return value.applyAsLong(before) + now(value);
  }

  /// A number over all open files.
  long now(ToLongFunction<TailStats> value) {
    return open.stream().mapToLong(log -> value.applyAsLong(log.stats())).sum();
  }

  /// How many pods are read from.
  int pods() {
    return reading().stream().map(PodLogFile::podKey).collect(Collectors.toSet()).size();
  }

  /// How many containers are read from.
  int containers() {
    return reading().stream().map(PodLogFile::owner).collect(Collectors.toSet()).size();
  }

  private Collection<PodLogFile> reading() {
    return open.stream().filter(log -> !log.isHeld()).map(OpenLog::file).toList();
  }

  /// How many files wait for their pod.
  int waiting() {
    return (int) open.stream().filter(OpenLog::isHeld).count();
  }

  /// How many bytes were lost so far.
  long lostBytes() {
    return total(TailStats::lostBytes);
  }
}
