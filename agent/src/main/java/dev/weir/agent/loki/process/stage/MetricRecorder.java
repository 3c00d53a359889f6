package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.TextCache;
import org.jspecify.annotations.Nullable;

/// Feeds one metric from one lane. Not thread-safe.
final class MetricRecorder {
  private final LineMetric metric;
  private final String source;
  private final String wanted;
  private final String action;
  private final boolean matchAll;
  private final boolean countBytes;
  private final boolean onlyGrows;
  private final MetricNumber number = new MetricNumber();
  private final TextCache texts = new TextCache();
  private @Nullable MetricSeries last;

  MetricRecorder(LineMetric metric) {
    this.metric = metric;
    MetricTypes.Metric configured = metric.metric();
    source = configured.sourceOrName();
    wanted = configured.value();
    action = configured.action();
    onlyGrows = configured instanceof MetricTypes.Counter;
    matchAll = configured instanceof MetricTypes.Counter counter && counter.matchAll();
    countBytes = configured instanceof MetricTypes.Counter counter && counter.countEntryBytes();
  }

  /// The next entry has other labels.
  void forgetSeries() {
    last = null;
  }

  void record(Entry entry, long nowNanos) {
    if (matchAll) {
      if (countBytes) {
        series(entry).add(entry.length(), nowNanos);
      } else if (action.equals("inc")) {
        series(entry).add(1, nowNanos);
      }
    } else if (isMeant(entry)) {
      apply(entry, nowNanos);
    }
  }

  private boolean isMeant(Entry entry) {
    return entry.extracted().has(source)
        && (wanted.isEmpty() || wanted.equals(entry.extracted().text(source, texts)));
  }

  private void apply(Entry entry, long nowNanos) {
    switch (action) {
      case "inc" -> series(entry).add(1, nowNanos);
      case "dec" -> series(entry).add(-1, nowNanos);
      default -> {
        if (number.read(entry, source) && !(onlyGrows && number.value() < 0)) {
          apply(series(entry), number.value(), nowNanos);
        }
      }
    }
  }

  private void apply(MetricSeries series, double value, long nowNanos) {
    switch (action) {
      case "add" -> series.add(value, nowNanos);
      case "sub" -> series.add(-value, nowNanos);
      case "set" -> series.set(value, nowNanos);
      default -> series.observe(value, nowNanos);
    }
  }

  private MetricSeries series(Entry entry) {
    MetricSeries series = last;
    if (series == null || series.isGone()) {
      series = metric.of(entry.labels());
      last = series;
    }
    return series;
  }
}
