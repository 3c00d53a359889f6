package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Report;
import dev.weir.agent.component.Stability;
import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.kubernetes.LabelSelector;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.tail.LongLines;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the logs of the pods of a node from the files that the kubelet keeps, and asks the API
/// server what those pods are. One watch of the node's pods serves every component of the process.
///
/// A log whose pod is not known yet is held open and read once it is: labels decide where its lines
/// belong. Only when that has taken too long is it read with what its path tells.
public final class LokiSourceKubernetesFiles
    implements Component<LokiSourceKubernetesFiles.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.kubernetes_files",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceKubernetesFiles::new);

  /// What the block holds.
  ///
  /// @param forwardTo who gets every entry
  /// @param path of the directory in which every pod has one
  /// @param nodeName of the node whose files they are; empty for that in the environment variable
  ///   `NODE_NAME`
  /// @param namespaces to read from; empty for all
  /// @param excludeNamespaces not to read from
  /// @param namespaceSelector of labels of namespaces
  /// @param namespacesFile JSON with the labels and annotations of namespaces by their name; empty
  ///   to ask the API server, which is done only if there is a `namespace_selector`
  /// @param labelSelector of labels of pods
  /// @param containers patterns of the names of containers to read; empty for all
  /// @param excludeContainers patterns of the names of containers not to read
  /// @param includeInit whether containers that initialise a pod are read
  /// @param streams `stdout`, `stderr` or both
  /// @param startAt where to begin in files that were there before the component: `end` or
  ///   `beginning`; later ones are read from their beginning
  /// @param maxLineSize bytes of a line
  /// @param onLongLine what happens to longer ones: `truncate`, `split` or `drop`
  /// @param relabelRules applied to the labels of each stream
  /// @param labels for every entry; they win over those of pods
  /// @param metadataTimeout how long a file waits for what the API server knows of its pod
  /// @param client how to reach the API server
  public record Arguments(
      List<Receiver> forwardTo,
      @Default("\"/var/log/pods\"") String path,
      @Default("\"\"") String nodeName,
      @Default("[]") List<String> namespaces,
      @Default("[]") List<String> excludeNamespaces,
      @Default("\"\"") String namespaceSelector,
      @Default("\"\"") String namespacesFile,
      @Default("\"\"") String labelSelector,
      @Default("[]") List<String> containers,
      @Default("[]") List<String> excludeContainers,
      @Default("true") boolean includeInit,
      @Default("[\"stdout\", \"stderr\"]") List<String> streams,
      @Default("\"end\"") String startAt,
      @Default("\"256KiB\"") ByteSize maxLineSize,
      @Default("\"truncate\"") String onLongLine,
      @Nullable Rules relabelRules,
      @Default("{}") Map<String, String> labels,
      @Default("\"5m\"") Duration metadataTimeout,
      @BlockField @Default ClientArguments client) {
    private static final Set<String> STREAMS = Set.of("stdout", "stderr");
    private static final long SHORTEST_LIMIT = 1 << 10;
    private static final long LONGEST_LIMIT = 64 << 20;

    public Arguments {
      if (path.isEmpty()) {
        throw new IllegalArgumentException("path must not be empty");
      }
      LabelSelector.parse(namespaceSelector);
      LabelSelector.parse(labelSelector);
      if (streams.isEmpty() || !STREAMS.containsAll(streams)) {
        throw new IllegalArgumentException(
            "streams must hold \"stdout\", \"stderr\" or both, and nothing else");
      }
      if (!startAt.equals("end") && !startAt.equals("beginning")) {
        throw new IllegalArgumentException("start_at must be \"end\" or \"beginning\"");
      }
      if (maxLineSize.bytes() < SHORTEST_LIMIT || maxLineSize.bytes() > LONGEST_LIMIT) {
        throw new IllegalArgumentException("max_line_size must be from 1KiB to 64MiB");
      }
      longLines(onLongLine);
      if (metadataTimeout.isNegative()) {
        throw new IllegalArgumentException("metadata_timeout must not be negative");
      }
    }

    private static LongLines longLines(String text) {
      return switch (text) {
        case "truncate", "split", "drop" -> LongLines.valueOf(text.toUpperCase(Locale.ROOT));
        default ->
            throw new IllegalArgumentException(
                "on_long_line must be \"truncate\", \"split\" or \"drop\"");
      };
    }

    LongLines tooLong() {
      return longLines(onLongLine);
    }

    Path directory() {
      return Path.of(path);
    }
  }

  private final Collector collector;

  LokiSourceKubernetesFiles(Arguments arguments, ComponentContext context) {
    this.collector = new Collector(arguments, context);
  }

  @Override
  public void run() throws InterruptedException {
    collector.run();
  }

  @Override
  public void update(Arguments arguments) {
    collector.update(arguments);
  }

  @Override
  public Optional<Health> health() {
    return Optional.of(collector.health());
  }

  @Override
  public Optional<Record> debugInfo() {
    return Optional.of(collector.debugInfo());
  }

  @Override
  public Optional<Report> report() {
    return Optional.of(collector.report());
  }
}
