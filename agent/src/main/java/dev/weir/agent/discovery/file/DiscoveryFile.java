package dev.weir.agent.discovery.file;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.local.FileChanges;
import dev.weir.agent.local.Glob;
import dev.weir.agent.river.eval.Default;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Exports the targets that files list in the form of Prometheus's file_sd, anew whenever a file
/// changes. A file that is damaged keeps the targets it had.
public final class DiscoveryFile implements Component<DiscoveryFile.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "discovery.file",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          DiscoveryFile::new);

  private static final Pattern FORM = Pattern.compile("[^*]*(\\*[^/]*)?\\.(?i:json|yml|yaml)");

  /// What the block holds.
  ///
  /// @param files paths of `.json`, `.yml` and `.yaml` files, with stars in their names
  /// @param refreshInterval how often they are looked at in any case
  public record Arguments(List<String> files, @Default("\"5m\"") Duration refreshInterval) {
    public Arguments {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException(
            "file service discovery config must contain at least one path name");
      }
      for (String file : files) {
        if (!FORM.matcher(file).matches()) {
          throw new IllegalArgumentException(
              "path name \"" + file + "\" is not valid for file discovery");
        }
      }
      if (!refreshInterval.isPositive()) {
        throw new IllegalArgumentException("refresh_interval must be greater than 0");
      }
    }
  }

  /// What others refer to.
  ///
  /// @param targets with `__address__`, their labels and `__meta_filepath`
  public record Exports(List<Map<String, String>> targets) {}

  private final ComponentContext context;
  private final Map<Path, List<Map<String, String>>> known = new TreeMap<>();
  private volatile Arguments arguments;
  private volatile @Nullable FileChanges changes;
  private volatile @Nullable String problem;

  DiscoveryFile(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
    context.publish(new Exports(List.of()));
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      Arguments current = arguments;
      try (FileChanges watching = FileChanges.in(directories(current))) {
        changes = watching;
        while (arguments.equals(current)) {
          refresh(current);
          watching.await(current.refreshInterval());
        }
      }
    }
  }

  private static Set<Path> directories(Arguments of) {
    var directories = new TreeSet<Path>();
    for (String file : of.files()) {
      Path parent = Path.of(file).toAbsolutePath().getParent();
      if (parent != null) {
        directories.add(parent);
      }
    }
    return directories;
  }

  private void refresh(Arguments current) {
    var files = new TreeSet<Path>();
    current.files().forEach(glob -> files.addAll(Glob.parse(glob).paths()));
    known.keySet().retainAll(files);
    String failed = null;
    for (Path file : files) {
      try {
        known.put(file, TargetGroups.read(file));
      } catch (TargetGroups.DamagedException e) {
        failed = file + ": " + e.getMessage();
      }
    }
    if (failed != null && !failed.equals(problem)) {
      context.log().atError().addKeyValue("err", failed).log("the last targets of the file stay");
    }
    problem = failed;
    List<Map<String, String>> targets = new ArrayList<>();
    known.values().forEach(targets::addAll);
    context.publish(new Exports(List.copyOf(targets)));
  }

  @Override
  public void update(Arguments next) {
    arguments = next;
    FileChanges watching = changes;
    if (watching != null) {
      watching.wake();
    }
  }

  @Override
  public Optional<Health> health() {
    String failed = problem;
    return failed == null
        ? Optional.empty()
        : Optional.of(new Health(Health.State.UNHEALTHY, failed, context.clock().instant()));
  }
}
