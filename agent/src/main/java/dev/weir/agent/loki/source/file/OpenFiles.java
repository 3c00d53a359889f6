package dev.weir.agent.loki.source.file;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.source.file.LokiSourceFile.Arguments;
import dev.weir.agent.loki.tail.LineFormat.PlainLines;
import dev.weir.agent.loki.tail.Rotation;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailStream;
import dev.weir.agent.loki.tail.TailTarget;
import dev.weir.agent.loki.tail.TailTarget.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The files that one component reads, kept in step with its targets.
///
/// Thread-safe, but for [#reconcile], which is called by one thread at a time.
final class OpenFiles {
  private static final String PATH = "__path__";

  /// Between path and labels in a key.
  private static final String LABELS = " \0";

  private final ComponentContext context;
  private final TailEngine engine;
  private final Positions positions;
  private final ConcurrentSkipListMap<String, OpenFile> open = new ConcurrentSkipListMap<>();

  OpenFiles(ComponentContext context, TailEngine engine, Positions positions) {
    this.context = context;
    this.engine = engine;
    this.positions = positions;
    context
        .metrics()
        .counter(
            "loki_source_file_files_active_total",
            "Number of active files.",
            this,
            files -> files.open.size());
  }

  /// Opens what is new, closes what is gone, and gives the rest its labels.
  void reconcile(Arguments arguments) {
    engine.receiver(Fanout.to(arguments.forwardTo()));
    engine.polling(
        arguments.fileWatch().minPollFrequency(), arguments.fileWatch().maxPollFrequency());
    Map<String, Map<String, String>> wanted = wanted(arguments.targets());
    for (Map.Entry<String, OpenFile> old : open.entrySet()) {
      if (!wanted.containsKey(old.getKey())) {
        open.remove(old.getKey());
        old.getValue().close();
      }
    }
    Set<Path> paths = new HashSet<>();
    wanted.values().forEach(target -> paths.add(path(target)));
    wanted.forEach((key, target) -> keep(key, target, paths, arguments));
    forgetDeleted(wanted.keySet());
  }

  /// Positions of files that are no targets any more are kept while there is such a file.
  private void forgetDeleted(Set<String> wanted) {
    for (String key : positions.keys()) {
      int labels = key.indexOf(LABELS);
      Path path = Path.of(labels < 0 ? key : key.substring(0, labels));
      if (!wanted.contains(key) && !Files.exists(path)) {
        engine.forget(key);
      }
    }
  }

  /// Targets by the key of their position: the path, and for further targets of one path their
  /// labels too.
  private Map<String, Map<String, String>> wanted(List<Map<String, String>> targets) {
    var wanted = new TreeMap<String, Map<String, String>>();
    List<Map<String, String>> ordered =
        targets.stream().sorted(Comparator.comparing(target -> labels(target).toString())).toList();
    for (Map<String, String> target : ordered) {
      if (!target.containsKey(PATH)) {
        context.log().atWarn().addKeyValue("target", target).log("target has no __path__ label");
        continue;
      }
      String path = path(target).toString();
      if (wanted.putIfAbsent(path, target) != null) {
        wanted.put(path + LABELS + labels(target), target);
      }
    }
    return wanted;
  }

  private void keep(String key, Map<String, String> target, Set<Path> paths, Arguments arguments) {
    OpenFile known = open.get(key);
    if (known != null && !known.hasEnded()) {
      known.format(format(target));
      return;
    }
    Start start = start(arguments);
    if (start == null) {
      return;
    }
    Path path = path(target);
    var file = new OpenFile(context, path, labels(target).toString());
    file.start(
        engine, new TailTarget(key, path, rotation(path, paths), format(target), start, file));
    open.put(key, file);
  }

  /// Null when a file without a position must not be read.
  private @Nullable Start start(Arguments arguments) {
    if (!positions.lost()) {
      return arguments.tailFromEnd() ? Start.END : Start.BEGINNING;
    }
    return switch (arguments.onPositionsFileError()) {
      case "skip" -> null;
      case "restart_from_end" -> Start.END;
      default -> Start.BEGINNING;
    };
  }

  /// Older generations are not looked for where they are targets of their own.
  private static Rotation rotation(Path path, Set<Path> paths) {
    for (Path other : paths) {
      if (!other.equals(path)
          && Objects.equals(other.getParent(), path.getParent())
          && other.toString().startsWith(stem(path))) {
        return Rotation.NONE;
      }
    }
    return Rotation.SIBLINGS;
  }

  private static String stem(Path path) {
    String text = path.toString();
    int dot = text.lastIndexOf('.');
    return dot > text.lastIndexOf('/') + 1 ? text.substring(0, dot) : text;
  }

  private static PlainLines format(Map<String, String> target) {
    Labels labels = labels(target).with("filename", path(target).toString());
    return new PlainLines(new TailStream(labels, Map.of()));
  }

  private static Labels labels(Map<String, String> target) {
    return Labels.of(target).keeping(name -> !name.startsWith("__"));
  }

  private static Path path(Map<String, String> target) {
    return Path.of(Objects.requireNonNull(target.get(PATH)));
  }

  /// What keeps the component from doing its work, or null.
  @Nullable String problem() {
    String saving = engine.savingFailed();
    if (saving != null) {
      return saving;
    }
    for (OpenFile file : open.values()) {
      if (file.isForbidden()) {
        return String.valueOf(file.problem());
      }
    }
    return null;
  }

  /// One line for people.
  String summary() {
    long failing = open.values().stream().filter(file -> file.problem() != null).count();
    String all = "reading " + (open.size() - failing) + " files";
    return failing == 0 ? all : all + ", " + failing + " are missing";
  }

  DebugInfo debugInfo() {
    return new DebugInfo(open.values().stream().map(OpenFile::info).toList());
  }
}
