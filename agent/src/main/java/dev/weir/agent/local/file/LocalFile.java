package dev.weir.agent.local.file;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.local.FileChanges;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.OptionalSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Exports the content of a file, anew whenever it changes. The last content stays while the file
/// cannot be read.
public final class LocalFile implements Component<LocalFile.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "local.file",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          LocalFile::new);

  private static final int MOST_BYTES = 4 << 20;
  private static final Duration OFTEN = Duration.ofSeconds(10);

  /// What the block holds.
  ///
  /// @param filename path of the file
  /// @param detector `fsnotify` to be told of changes, `poll` to look for them
  /// @param pollFrequency how often it is looked at in any case
  /// @param isSecret whether the content is kept from messages and from becoming a string
  public record Arguments(
      String filename,
      @Default("\"fsnotify\"") String detector,
      @Default("\"1m\"") Duration pollFrequency,
      @Default("false") boolean isSecret) {
    public Arguments {
      if (!detector.equals("fsnotify") && !detector.equals("poll")) {
        throw new IllegalArgumentException(
            "unrecognized detector \"" + detector + "\", expected fsnotify,poll");
      }
      if (!pollFrequency.isPositive()) {
        throw new IllegalArgumentException("poll_frequency must be greater than 0");
      }
    }
  }

  /// What others refer to.
  ///
  /// @param content of the file
  public record Exports(OptionalSecret content) {}

  private final ComponentContext context;
  private volatile Arguments arguments;
  private volatile @Nullable FileChanges changes;
  private volatile Health health;
  private volatile double lastAccess;

  /// Used by its own thread only.
  private final FileStamp seen = new FileStamp();

  LocalFile(Arguments arguments, ComponentContext context) throws ComponentException {
    this.context = context;
    this.arguments = arguments;
    health = new Health(Health.State.UNKNOWN, "not read yet", context.clock().instant());
    read(arguments);
    context
        .metrics()
        .gauge(
            "local_file_timestamp_last_accessed_unix_seconds",
            "The last successful access in unix seconds",
            this,
            file -> file.lastAccess);
  }

  /// Reads the file once and publishes it.
  private void read(Arguments of) throws ComponentException {
    Instant now = context.clock().instant();
    try {
      String content = content(Path.of(of.filename()));
      lastAccess = now.getEpochSecond() + now.getNano() / 1e9;
      health = new Health(Health.State.HEALTHY, "read file", now);
      context.publish(new Exports(new OptionalSecret(of.isSecret(), content)));
    } catch (IOException e) {
      String reason = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
      String message = "failed to read file " + of.filename() + ": " + reason;
      health = new Health(Health.State.UNHEALTHY, message, now);
      throw new ComponentException(message, e);
    }
  }

  private static String content(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than 4 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      Arguments current = arguments;
      try (FileChanges watching = watching(current)) {
        changes = watching;
        while (arguments.equals(current)) {
          look(current);
          watching.await(frequency(current));
        }
      }
    }
  }

  private FileChanges watching(Arguments of) {
    if (context.policy().ofPipeline()) {
      // Of the kernel's watches there are few, of pipelines and their secrets many.
      return FileChanges.none();
    }
    Path directory = Path.of(of.filename()).toAbsolutePath().getParent();
    return of.detector().equals("poll") || directory == null
        ? FileChanges.none()
        : FileChanges.in(List.of(directory));
  }

  private Duration frequency(Arguments of) {
    boolean often = context.policy().ofPipeline() && of.pollFrequency().compareTo(OFTEN) > 0;
    return often ? OFTEN : of.pollFrequency();
  }

  private void look(Arguments current) {
    if (context.policy().ofPipeline() && !seen.hasChanged(Path.of(current.filename()))) {
      return;
    }
    boolean wasHealthy = health.state() == Health.State.HEALTHY;
    try {
      readAgain(current);
    } catch (ComponentException e) {
      if (wasHealthy) {
        context.log().atError().addKeyValue("err", e.getMessage()).log("the last content stays");
      }
    }
  }

  /// Reads the file once more, but not one that an update has replaced meanwhile: its content would
  /// be published after that of the new file.
  synchronized void readAgain(Arguments current) throws ComponentException {
    if (arguments.equals(current)) {
      read(current);
    }
  }

  @Override
  public void update(Arguments next) throws ComponentException {
    synchronized (this) {
      read(next);
      arguments = next;
    }
    FileChanges watching = changes;
    if (watching != null) {
      watching.wake();
    }
  }

  @Override
  public Optional<Health> health() {
    return Optional.of(health);
  }
}
