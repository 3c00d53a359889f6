package dev.weir.agent.loki.source.file;

import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.metrics.UserMetrics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/// One metric with a value per file. A file that is read with several sets of labels has one value
/// all the same.
///
/// Written as text by hand, because Alloy has gauges whose names end in `_total`, which meters
/// cannot have.
///
/// @param all the files, perhaps changing
/// @param together makes one value of those of one file
record FileMetrics(
    String name,
    String help,
    String type,
    Collection<OpenFile> all,
    ToDoubleFunction<OpenFile> value,
    DoubleBinaryOperator together)
    implements UserMetrics.Source {

  /// Shows what Alloy shows, and what it does not know.
  static void show(ComponentMetrics metrics, Collection<OpenFile> all) {
    gauge(metrics, "read_bytes_total", "Number of bytes read.", all, file -> file.stats().offset());
    gauge(metrics, "file_bytes_total", "Number of bytes total.", all, file -> file.stats().size());
    counter(
        metrics, "read_lines_total", "Number of lines read.", all, file -> file.stats().lines());
    counter(
        metrics,
        "lost_bytes_total",
        "Number of bytes that were deleted or overwritten before they were read.",
        all,
        file -> file.stats().lostBytes());
    counter(
        metrics,
        "cut_lines_total",
        "Number of lines that were longer than the limit and sent in pieces.",
        all,
        file -> file.stats().cutLines());
    gauge(
        metrics,
        "lag_bytes",
        "Bytes in the file that are not yet confirmed.",
        all,
        file -> file.stats().lag());
    gauge(
        metrics,
        "lag_seconds",
        "How long the oldest whole line in the file that is not yet confirmed has waited.",
        all,
        OpenFile::lagSeconds);
    metrics.add(new ActiveFiles(all));
  }

  private static void gauge(
      ComponentMetrics metrics,
      String name,
      String help,
      Collection<OpenFile> all,
      ToDoubleFunction<OpenFile> value) {
    metrics.add(new FileMetrics("loki_source_file_" + name, help, "gauge", all, value, Math::max));
  }

  private static void counter(
      ComponentMetrics metrics,
      String name,
      String help,
      Collection<OpenFile> all,
      ToDoubleFunction<OpenFile> value) {
    metrics.add(
        new FileMetrics("loki_source_file_" + name, help, "counter", all, value, Double::sum));
  }

  @Override
  public void collect(UserMetrics.Samples samples) {
    Map<String, Double> values = new TreeMap<>();
    for (OpenFile file : all) {
      values.merge(
          file.wanted().path().toString(), value.applyAsDouble(file), together::applyAsDouble);
    }
    values.forEach((path, number) -> samples.add("", List.of("path", path), number));
  }

  /// How many files there are.
  private record ActiveFiles(Collection<OpenFile> all) implements UserMetrics.Source {
    @Override
    public String name() {
      return "loki_source_file_files_active_total";
    }

    @Override
    public String help() {
      return "Number of active files.";
    }

    @Override
    public String type() {
      return "gauge";
    }

    @Override
    public void collect(UserMetrics.Samples samples) {
      samples.add("", List.of(), all.size());
    }
  }
}
