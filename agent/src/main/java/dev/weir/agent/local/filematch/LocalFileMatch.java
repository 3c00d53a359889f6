package dev.weir.agent.local.filematch;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.local.FileMatches;
import dev.weir.agent.local.Glob;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Exports the files that globs match, as targets, and looks for new ones from time to time.
public final class LocalFileMatch implements Component<LocalFileMatch.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "local.file_match",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          LocalFileMatch::new);

  /// What the block holds.
  ///
  /// @param pathTargets each with a glob in `__path__`, perhaps one in `__path_exclude__`
  /// @param syncPeriod how often is looked for files
  /// @param ignoreOlderThan files not written to for so long are left out; zero leaves out none
  public record Arguments(
      List<Map<String, String>> pathTargets,
      @Default("\"10s\"") Duration syncPeriod,
      @Default("\"0s\"") Duration ignoreOlderThan) {
    public Arguments {
      pathTargets = List.copyOf(pathTargets);
      if (!syncPeriod.isPositive()) {
        throw new IllegalArgumentException("sync_period must be greater than 0");
      }
      if (ignoreOlderThan.isNegative()) {
        throw new IllegalArgumentException("ignore_older_than must not be negative");
      }
      FileMatches.check(pathTargets);
    }
  }

  /// What others refer to.
  ///
  /// @param targets the labels of their path target, with `__path__` the file
  public record Exports(List<Map<String, String>> targets) {}

  private final ComponentContext context;
  private final Semaphore changed = new Semaphore(0);
  private volatile Arguments arguments;
  private volatile boolean tooMany;

  LocalFileMatch(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
    context.publish(new Exports(List.of()));
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      changed.drainPermits();
      Arguments current = arguments;
      var matches =
          new FileMatches(
              current.pathTargets(), current.ignoreOlderThan(), context.clock().instant());
      context.publish(new Exports(matches.targets()));
      if (matches.tooMany() && !tooMany) {
        context.log().atWarn().addKeyValue("limit", Glob.MOST_FILES).log("too many files match");
      }
      tooMany = matches.tooMany();
      if (changed.tryAcquire(current.syncPeriod().toMillis(), TimeUnit.MILLISECONDS)) {
        context.log().atDebug().log("arguments changed");
      }
    }
  }

  @Override
  public void update(Arguments next) {
    arguments = next;
    changed.release();
  }

  @Override
  public Optional<Health> health() {
    return tooMany
        ? Optional.of(
            new Health(
                Health.State.UNHEALTHY,
                "a glob matches more than " + Glob.MOST_FILES + " files; the rest is left out",
                context.clock().instant()))
        : Optional.empty();
  }
}
