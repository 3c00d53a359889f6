package dev.weir.agent.loki.source.file;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailSettings;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the lines of files, of each as an entry whose time is that of its reading.
///
/// A line that is read again, because it was not confirmed before a stop, is another entry for
/// Loki: it has another time.
public final class LokiSourceFile implements Component<LokiSourceFile.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.file",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceFile::new);

  private static final long OPEN_AGAIN_SECONDS = 2;

  /// What the block holds.
  ///
  /// @param targets files, by `__path__`; their other labels are those of the entries
  /// @param tailFromEnd whether a file without a stored position is read from its last line on
  /// @param onPositionsFileError what to do when stored positions have been lost
  public record Arguments(
      List<Map<String, String>> targets,
      List<Receiver> forwardTo,
      @Default("\"\"") String encoding,
      @Default("false") boolean tailFromEnd,
      @Default("\"\"") String legacyPositionsFile,
      @Default("\"restart_from_beginning\"") String onPositionsFileError,
      @BlockField @Nullable Decompression decompression,
      @BlockField @Default FileWatch fileWatch,
      @BlockField @Nullable FileMatch fileMatch) {
    private static final Set<String> ENCODINGS = Set.of("", "utf-8", "utf8");
    private static final Set<String> POLICIES =
        Set.of("restart_from_beginning", "restart_from_end", "skip");

    public Arguments {
      if (!ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "encoding \"" + encoding + "\" is not supported: files are read as UTF-8");
      }
      if (!legacyPositionsFile.isEmpty()) {
        throw new IllegalArgumentException("legacy_positions_file is not supported");
      }
      if (!POLICIES.contains(onPositionsFileError)) {
        throw new IllegalArgumentException(
            "on_positions_file_error must be \"restart_from_beginning\", \"restart_from_end\" or"
                + " \"skip\"");
      }
      if (decompression != null && decompression.enabled()) {
        throw new IllegalArgumentException("decompression is not supported");
      }
      if (fileMatch != null && fileMatch.enabled()) {
        throw new IllegalArgumentException(
            "file_match is not supported: use the targets of local.file_match");
      }
    }
  }

  /// The block `decompression`.
  public record Decompression(
      boolean enabled, @Default("\"0s\"") Duration initialDelay, String format) {}

  /// The block `file_watch`.
  ///
  /// @param minPollFrequency wait between looks at a file that has just had new lines
  /// @param maxPollFrequency wait between looks at a file that is silent
  public record FileWatch(
      @Default("\"250ms\"") Duration minPollFrequency,
      @Default("\"250ms\"") Duration maxPollFrequency) {
    public FileWatch {
      if (minPollFrequency.compareTo(maxPollFrequency) > 0) {
        throw new IllegalArgumentException(
            "min_poll_frequency must not be greater than max_poll_frequency");
      }
      if (!minPollFrequency.isPositive()) {
        throw new IllegalArgumentException("min_poll_frequency must be greater than 0");
      }
    }
  }

  /// The block `file_match`.
  public record FileMatch(
      @Default("false") boolean enabled,
      @Default("\"10s\"") Duration syncPeriod,
      @Default("\"0s\"") Duration ignoreOlderThan) {}

  private final ComponentContext context;
  private volatile Arguments arguments;
  private volatile @Nullable OpenFiles files;
  private volatile @Nullable Health trouble;

  LokiSourceFile(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
  }

  @Override
  public void run() throws InterruptedException {
    try (Positions positions = positions()) {
      var engine =
          new TailEngine(
              settings(arguments),
              positions,
              Fanout.to(arguments.forwardTo()),
              context.clock(),
              context.log());
      var opened = new OpenFiles(context, engine, positions);
      synchronized (this) {
        files = opened;
        opened.reconcile(arguments);
      }
      engine.run();
    } catch (IOException e) {
      context.log().atError().addKeyValue("err", e.toString()).log("positions were not saved");
    } finally {
      files = null;
    }
  }

  private Positions positions() throws InterruptedException {
    var pause = new Semaphore(0);
    while (true) {
      try {
        Positions positions = Positions.open(context.dataPath().resolve("positions.yml"));
        for (String damage : positions.damage()) {
          context.log().atError().addKeyValue("err", damage).log("positions were damaged");
        }
        trouble = null;
        return positions;
      } catch (IOException e) {
        if (trouble == null) {
          context.log().atError().addKeyValue("err", e.toString()).log("positions not available");
        }
        trouble = unhealthy("positions are not available: " + e.getMessage());
        if (pause.tryAcquire(OPEN_AGAIN_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody releases this");
        }
      }
    }
  }

  private TailSettings settings(Arguments from) {
    return TailSettings.of(context.id(), context.agent().drainTimeout())
        .polling(from.fileWatch().minPollFrequency(), from.fileWatch().maxPollFrequency());
  }

  @Override
  public synchronized void update(Arguments newArguments) {
    arguments = newArguments;
    OpenFiles opened = files;
    if (opened != null) {
      opened.reconcile(newArguments);
    }
  }

  @Override
  public Optional<Health> health() {
    Health known = trouble;
    OpenFiles opened = files;
    if (known != null || opened == null) {
      return Optional.ofNullable(known);
    }
    String problem = opened.problem();
    return Optional.of(
        problem != null
            ? unhealthy(problem)
            : new Health(Health.State.HEALTHY, opened.summary(), context.clock().instant()));
  }

  private Health unhealthy(String message) {
    return new Health(Health.State.UNHEALTHY, message, context.clock().instant());
  }

  @Override
  public Optional<Record> debugInfo() {
    OpenFiles opened = files;
    return opened == null ? Optional.empty() : Optional.of(opened.debugInfo());
  }
}
