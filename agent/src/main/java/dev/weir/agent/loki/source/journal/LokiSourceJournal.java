package dev.weir.agent.loki.source.journal;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Reads the journal of systemd.
public final class LokiSourceJournal implements Component<LokiSourceJournal.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.journal",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceJournal::new);

  private static final long SAVE_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long CONFIRMATION_POLL = TimeUnit.MILLISECONDS.toNanos(5);

  /// What the block holds.
  ///
  /// @param forwardTo who gets every entry
  /// @param formatAsJson whether the line is all fields, else it is the message
  /// @param labels of every entry
  /// @param matches fields that entries must have, `NAME=value` separated by spaces
  /// @param maxAge how far back to begin without a position
  /// @param path of a directory of journal files; that of the system where it is empty
  /// @param relabelRules applied to the labels of each entry, with the journal's fields as
  ///   `__journal_*`
  /// @param legacyPosition a position of Promtail's to begin with
  public record Arguments(
      List<Receiver> forwardTo,
      @Default("false") boolean formatAsJson,
      @Default("{}") Map<String, String> labels,
      @Default("\"\"") String matches,
      @Default("\"7h\"") Duration maxAge,
      @Default("\"\"") String path,
      @Nullable Rules relabelRules,
      @BlockField @Nullable LegacyPosition legacyPosition) {
    public Arguments {
      forwardTo = List.copyOf(forwardTo);
      labels = Map.copyOf(labels);
      if (maxAge.isNegative()) {
        throw new IllegalArgumentException("max_age must not be negative");
      }
      for (String match : split(matches)) {
        if (match.indexOf('=') < 1) {
          throw new IllegalArgumentException(
              "matches must be FIELD=value, separated by spaces; \"" + match + "\" is not");
        }
      }
    }

    private static List<String> split(String matches) {
      return Arrays.stream(matches.split("\\s+")).filter(match -> !match.isEmpty()).toList();
    }

    List<String> matchList() {
      return split(matches);
    }

    /// Whether the same entries are read.
    boolean readsLike(Arguments other) {
      return path.equals(other.path) && matchList().equals(other.matchList());
    }
  }

  /// The block `legacy_position`.
  ///
  /// @param file Promtail's positions
  /// @param name of its job
  public record LegacyPosition(String file, String name) {}

  private final ComponentContext context;
  private volatile Arguments arguments;
  private volatile @Nullable String trouble;
  private volatile @Nullable String saving;

  LokiSourceJournal(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
  }

  @Override
  public void run() throws InterruptedException {
    var file = new CursorFile(context, problem -> trouble = problem);
    try (Positions positions = file.open(arguments.legacyPosition())) {
      var progress = new Progress(positions, file.key());
      var counts = new JournalCounts(context.metrics());
      var reader =
          new JournalReader(
              context, () -> arguments, progress, counts, problem -> trouble = problem);
      Thread thread = Thread.ofPlatform().name(context.id() + "/reader").start(reader);
      try {
        while (!Thread.currentThread().isInterrupted()) {
          LockSupport.parkNanos(this, SAVE_EVERY);
          save(positions);
        }
      } finally {
        thread.interrupt();
        join(thread);
        awaitConfirmations(progress);
      }
    } catch (IOException e) {
      context.log().atError().addKeyValue("err", e.toString()).log("positions were not saved");
    }
    throw new InterruptedException();
  }

  private void save(Positions positions) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      positions.save();
      saving = null;
    } catch (IOException e) {
      saving = "positions cannot be saved: " + e;
    }
  }

  /// An interrupt would close the positions under their last save: it has been heard by now.
  private static void join(Thread thread) {
    boolean heard = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        heard = true;
      }
    }
    assert heard : "only an interrupt ends it";
  }

  private void awaitConfirmations(Progress progress) {
    long deadline = System.nanoTime() + context.agent().drainTimeout().toNanos();
    while (!progress.isSettled() && System.nanoTime() - deadline < 0 && !Thread.interrupted()) {
      LockSupport.parkNanos(this, CONFIRMATION_POLL);
    }
  }

  @Override
  public void update(Arguments newArguments) {
    arguments = newArguments;
  }

  @Override
  public Optional<Health> health() {
    String problem = trouble != null ? trouble : saving;
    return Optional.ofNullable(problem)
        .map(message -> new Health(Health.State.UNHEALTHY, message, context.clock().instant()));
  }
}
