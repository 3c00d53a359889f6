package dev.weir.agent.loki.source.file;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.local.FileMatches;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.source.file.LokiSourceFile.Arguments;
import dev.weir.agent.loki.tail.Roots;
import dev.weir.agent.loki.tail.Rotation;
import dev.weir.agent.loki.tail.Tail;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailTarget;
import dev.weir.agent.loki.tail.TailTarget.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files that one component reads, kept in step with its targets.
///
/// Thread-safe, but for [#reconcile], which is called by one thread at a time.
final class OpenFiles {
  private final ComponentContext context;
  private final TailEngine engine;
  private final Positions positions;
  private final Runnable onEnd;
  private final ConcurrentSkipListMap<String, OpenFile> open = new ConcurrentSkipListMap<>();

  /// Deleted files whose rest is being read.
  private final ConcurrentSkipListMap<String, OpenFile> leaving = new ConcurrentSkipListMap<>();

  /// Files that may have had a position that was lost; null before the first look.
  private @Nullable Set<Path> lost;

  /// Where the files of a pipeline may lie.
  private volatile List<Path> directories = List.of();

  private final Roots roots;
  private volatile boolean tooMany;
  private volatile Receiver receiver = Fanout.to(List.of());

  /// @param onEnd run when the rest of a deleted file has been read, so that another at its path
  ///   can be begun
  OpenFiles(ComponentContext context, TailEngine engine, Positions positions, Runnable onEnd) {
    this.context = context;
    this.engine = engine;
    this.positions = positions;
    this.onEnd = onEnd;
    // As in Alloy, links may lead anywhere where who configures the agent is who owns the machine.
    this.roots =
        context.policy().ofPipeline()
            ? Roots.within("the directories of the targets", this::isInside)
            : Roots.ANYWHERE;
    FileMetrics.show(context.metrics(), open.values());
  }

  /// Opens what is new, closes what is gone, and gives the rest its labels.
  void reconcile(Arguments arguments) {
    receiver = Fanout.to(arguments.forwardTo());
    engine.receiver(receiver);
    engine.polling(
        arguments.fileWatch().minPollFrequency(), arguments.fileWatch().maxPollFrequency());
    directories =
        arguments.targets().stream()
            .flatMap(target -> FileMatches.directories(target).stream())
            .toList();
    SortedMap<String, WantedFile> wanted =
        WantedFiles.of(withPath(targets(arguments)), files(), positions);
    leaving.values().removeIf(OpenFile::hasEnded);
    open.forEach((key, file) -> {
      if (!wanted.containsKey(key)) {
        dismiss(key, file, arguments.matchEvery() != null);
      }
    });
    NavigableSet<String> paths = new TreeSet<>();
    wanted.values().forEach(file -> paths.add(file.path().toString()));
    if (lost == null) {
      lost = positions.lost() ? existing(wanted.values()) : Set.of();
    }
    wanted.forEach((key, file) -> keep(key, file, paths, arguments));
    forgetDeleted(wanted.keySet());
  }

  private boolean isInside(Path real) {
    return directories.stream().anyMatch(directory -> Roots.isBelow(real, directory));
  }

  private List<Map<String, String>> targets(Arguments arguments) {
    LokiSourceFile.FileMatch match = arguments.fileMatch();
    if (match == null || !match.enabled()) {
      tooMany = false;
      return arguments.targets();
    }
    var matches =
        new FileMatches(
            withPath(arguments.targets()), match.ignoreOlderThan(), context.clock().instant());
    tooMany = matches.tooMany();
    return matches.targets();
  }

  private List<Map<String, String>> withPath(List<Map<String, String>> targets) {
    List<Map<String, String>> usable = new ArrayList<>();
    for (Map<String, String> target : targets) {
      if (WantedFiles.hasPath(target)) {
        usable.add(target);
      } else {
        context.log().atWarn().addKeyValue("target", target).log("target has no __path__ label");
      }
    }
    return usable;
  }

  private Map<String, WantedFile> files() {
    var files = new TreeMap<String, WantedFile>();
    open.forEach((key, file) -> files.put(key, file.wanted()));
    return files;
  }

  private static Set<Path> existing(Collection<WantedFile> files) {
    Set<Path> existing = new HashSet<>();
    for (WantedFile file : files) {
      if (Files.exists(file.path())) {
        existing.add(file.path());
      }
    }
    return existing;
  }

  /// Reads no more of a file; of one that was deleted the rest, and of one that is only too old
  /// what is there.
  private void dismiss(String key, OpenFile file, boolean matching) {
    if (!Files.exists(file.wanted().path())) {
      leaving.put(key, file);
      open.remove(key);
      file.close(Tail.Ending.DRAIN);
    } else if (!matching || file.isConfirmed()) {
      open.remove(key);
      file.close(Tail.Ending.NOW);
    }
  }

  /// Positions of files that are no targets any more are kept while there is such a file.
  private void forgetDeleted(Set<String> wanted) {
    for (String key : positions.keys()) {
      if (!wanted.contains(key) && !Files.exists(WantedFiles.path(key))) {
        engine.forget(key);
      }
    }
  }

  private void keep(
      String key, WantedFile wanted, NavigableSet<String> paths, Arguments arguments) {
    OpenFile known = open.get(key);
    if (known != null && known.fits(arguments)) {
      known.update(wanted, arguments.encoded());
      return;
    }
    if (known != null) {
      known.close(Tail.Ending.NOW);
    }
    Start start = start(wanted.path(), arguments);
    if (start == null || leaving.containsKey(key)) {
      return;
    }
    var file = new OpenFile(context, wanted, arguments.encoded(), onEnd);
    file.start(
        engine,
        new TailTarget(
            key,
            wanted.path(),
            arguments.compression() == null ? rotation(wanted.path(), paths) : Rotation.NONE,
            file.format(),
            start,
            arguments.compression(),
            roots,
            false,
            file));
    open.put(key, file);
  }

  /// Null when a file without a position must not be read.
  private @Nullable Start start(Path path, Arguments arguments) {
    if (lost == null || !lost.contains(path)) {
      return arguments.tailFromEnd() ? Start.END : Start.BEGINNING;
    }
    return switch (arguments.onPositionsFileError()) {
      case "skip" -> null;
      case "restart_from_end" -> Start.END;
      default -> Start.BEGINNING;
    };
  }

  /// Older generations are not looked for where they are targets of their own.
  private static Rotation rotation(Path path, NavigableSet<String> paths) {
    String stem = stem(path);
    for (String other : paths.tailSet(stem)) {
      if (!other.startsWith(stem)) {
        break;
      }
      if (!other.equals(path.toString())
          && Objects.equals(Path.of(other).getParent(), path.getParent())) {
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

  /// What keeps the component from doing its work, or null.
  @Nullable String problem() {
    String trouble = engine.trouble(context.agent().stallTimeout());
    if (trouble != null) {
      return trouble;
    }
    if (tooMany) {
      return "a glob matches too many files; the rest is left out";
    }
    for (OpenFile file : open.values()) {
      if (file.isForbidden()) {
        return file.wanted().path() + ": " + file.problem();
      }
    }
    return Stall.problem(stall(), receiver);
  }

  private Optional<Stall> stall() {
    return Stall.worst(
        Stream.concat(open.values().stream(), leaving.values().stream())
            .map(OpenFile::stall)
            .toList(),
        context.agent().stallTimeout());
  }

  /// One line for people.
  String summary() {
    long failing = open.values().stream().filter(file -> file.problem() != null).count();
    String all = "reading " + (open.size() - failing) + " files";
    String missing = failing == 0 ? "" : ", " + failing + " are missing";
    return all + missing + Stall.note(stall(), receiver);
  }

  DebugInfo debugInfo() {
    return new DebugInfo(open.values().stream().map(OpenFile::info).toList());
  }
}
