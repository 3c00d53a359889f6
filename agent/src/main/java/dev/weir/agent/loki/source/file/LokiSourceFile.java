package dev.weir.agent.loki.source.file;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Joining;
import dev.weir.agent.component.Stability;
import dev.weir.agent.local.FileMatches;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.tail.Compression;
import dev.weir.agent.loki.tail.Compression.Format;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailSettings;
import dev.weir.agent.loki.tail.TextEncoding;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

  /// What the block holds.
  ///
  /// @param targets files, by `__path__`; their other labels are those of the entries
  /// @param forwardTo who gets every entry
  /// @param encoding of the files, by its IANA name; UTF-8 when empty
  /// @param tailFromEnd whether a file without a stored position is read from its last line on
  /// @param legacyPositionsFile Promtail's positions, taken over at the first start
  /// @param onPositionsFileError what to do when stored positions have been lost
  /// @param decompression reads archives to their end
  /// @param fileWatch how often files are looked at
  /// @param fileMatch finds files by globs
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
    private static final Set<String> POLICIES =
        Set.of("restart_from_beginning", "restart_from_end", "skip");

    public Arguments {
      TextEncoding.of(encoding);
      if (!POLICIES.contains(onPositionsFileError)) {
        throw new IllegalArgumentException(
            "on_positions_file_error must be \"restart_from_beginning\", \"restart_from_end\" or"
                + " \"skip\"");
      }
      if (fileMatch != null && fileMatch.enabled()) {
        FileMatches.check(targets);
      }
    }

    TextEncoding encoded() {
      return TextEncoding.of(encoding);
    }

    /// Null where files are not archives.
    @Nullable Compression compression() {
      return decompression == null || !decompression.enabled()
          ? null
          : new Compression(Format.of(decompression.format()), decompression.initialDelay());
    }

    /// How long until files are looked for again; null when targets are no globs.
    @Nullable Duration matchEvery() {
      return fileMatch == null || !fileMatch.enabled() ? null : fileMatch.syncPeriod();
    }
  }

  /// The block `decompression`.
  ///
  /// @param enabled whether files are archives
  /// @param initialDelay how long a new archive is left alone
  /// @param format `gz`, `z` for zlib, `bz2` or `zstd`
  public record Decompression(
      boolean enabled, @Default("\"0s\"") Duration initialDelay, String format) {
    public Decompression {
      Format.of(format);
      if (initialDelay.isNegative()) {
        throw new IllegalArgumentException("initial_delay must not be negative");
      }
    }
  }

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
  ///
  /// @param enabled whether the paths of targets are globs
  /// @param syncPeriod wait between looks for files
  /// @param ignoreOlderThan files not written to for so long are not read; zero leaves out none
  public record FileMatch(
      @Default("false") boolean enabled,
      @Default("\"10s\"") Duration syncPeriod,
      @Default("\"0s\"") Duration ignoreOlderThan) {
    public FileMatch {
      if (!syncPeriod.isPositive()) {
        throw new IllegalArgumentException("sync_period must be greater than 0");
      }
      if (ignoreOlderThan.isNegative()) {
        throw new IllegalArgumentException("ignore_older_than must not be negative");
      }
    }
  }

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final ComponentContext context;
  private volatile Arguments arguments;
  private volatile @Nullable OpenFiles files;
  private volatile @Nullable String trouble;
  private volatile @Nullable String lookTrouble;
  private final Semaphore changed = new Semaphore(0);

  LokiSourceFile(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
  }

  @Override
  public void run() throws InterruptedException {
    var file = new PositionsFile(context, arguments, problem -> trouble = problem);
    try (Positions positions = file.open()) {
      var engine =
          new TailEngine(
              settings(arguments),
              positions,
              Fanout.to(arguments.forwardTo()),
              context.clock(),
              context.log());
      var opened = new OpenFiles(context, engine, positions, changed::release);
      synchronized (this) {
        files = opened;
        opened.reconcile(arguments);
      }
      Thread matching = Thread.ofVirtual().name(context.id() + "/match").start(this::match);
      try {
        engine.run();
      } finally {
        matching.interrupt();
        Joining.join(matching);
      }
    } catch (IOException e) {
      context.log().atError().addKeyValue("err", e.toString()).log("positions were not saved");
    } finally {
      files = null;
    }
  }

  /// Looks for files that have come or gone, from time to time.
  private void match() {
    try {
      while (true) {
        awaitLook();
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A defect that one look brings to light must not be the last look.
  private synchronized void look() {
    OpenFiles opened = files;
    try {
      if (opened != null) {
        opened.reconcile(arguments);
      }
      lookTrouble = null;
    } catch (RuntimeException | Error e) {
      if (lookTrouble == null) {
        context.log().atError().setCause(e).log("looking for files failed; it is tried again");
      }
      lookTrouble = "looking for files failed unexpectedly: " + e;
    }
  }

  private void awaitLook() throws InterruptedException {
    Duration asked = arguments.matchEvery();
    Duration every = asked == null && lookTrouble != null ? LOOK_AGAIN : asked;
    if (every == null) {
      changed.acquire();
    } else if (changed.tryAcquire(every.toNanos(), TimeUnit.NANOSECONDS)) {
      changed.drainPermits();
    }
  }

  private TailSettings settings(Arguments from) {
    TailSettings usual = TailSettings.of(context.id(), context.agent().drainTimeout());
    return (context.policy().ofPipeline() ? usual.small() : usual)
        .polling(from.fileWatch().minPollFrequency(), from.fileWatch().maxPollFrequency());
  }

  @Override
  public synchronized void update(Arguments newArguments) {
    arguments = newArguments;
    OpenFiles opened = files;
    if (opened != null) {
      opened.reconcile(newArguments);
    }
    // The wait for the next look may have become shorter.
    changed.release();
  }

  @Override
  public Optional<Health> health() {
    String known = trouble;
    OpenFiles opened = files;
    if (known != null || opened == null) {
      return Optional.ofNullable(known).map(this::unhealthy);
    }
    String look = lookTrouble;
    String problem = look == null ? opened.problem() : look;
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
