package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.tail.LineFormat.DockerJsonLines;
import dev.weir.agent.loki.tail.LineFormat.PlainLines;
import dev.weir.agent.testkit.CollectingReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// An engine without threads: each [#step] gives every file one turn, on a clock that the test
/// moves.
final class TailHarness implements AutoCloseable {
  static final Labels STDOUT = Labels.of("stream", "stdout");
  static final Labels STDERR = Labels.of("stream", "stderr");
  static final DockerJsonLines JSON =
      new DockerJsonLines(new TailStream(STDOUT, Map.of()), new TailStream(STDERR, Map.of()));
  static final PlainLines PLAIN = new PlainLines(new TailStream(STDOUT, Map.of()));

  final Path directory;
  final Losses losses = new Losses();
  CollectingReceiver receiver = new CollectingReceiver();
  private TailSettings settings =
      new TailSettings(
          "test", 1, 4096, 1 << 20, Duration.ofMillis(10), Duration.ofMillis(100), Duration.ZERO);
  private long nanoTime;
  private Positions positions;
  private TailEngine engine;

  /// What a tail told.
  static final class Losses implements TailListener {
    final List<String> messages = new ArrayList<>();
    long bytes;
    int count;
    int ended;
    boolean confirmed;

    @Override
    public void failing(String message) {
      messages.add(message);
    }

    @Override
    public void lost(long lostBytes, String message) {
      bytes += lostBytes;
      count++;
      messages.add(message);
    }

    @Override
    public void ended(boolean wasConfirmed) {
      ended++;
      confirmed = wasConfirmed;
    }
  }

  TailHarness(Path directory) throws IOException {
    this.directory = directory;
    this.positions = Positions.open(positionsFile());
    this.engine = engine(receiver);
  }

  Path positionsFile() {
    return directory.resolve("state").resolve("positions.yml");
  }

  private TailEngine engine(Receiver to) {
    return new TailEngine(
        settings,
        positions,
        to,
        InstantSource.fixed(Instant.ofEpochSecond(1_000)),
        LoggerFactory.getLogger("test"),
        () -> nanoTime);
  }

  /// Uses other settings from the next [#restart] on.
  TailHarness settings(int bufferSize, int longestLine) {
    settings =
        new TailSettings(
            "test",
            1,
            bufferSize,
            longestLine,
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ZERO);
    engine = engine(receiver);
    return this;
  }

  TailEngine engine() {
    return engine;
  }

  Tail open(Path path, Rotation rotation, LineFormat format) {
    return open(path, rotation, format, TailTarget.Start.BEGINNING);
  }

  Tail open(Path path, Rotation rotation, LineFormat format, TailTarget.Start start) {
    return engine.open(new TailTarget(path.toString(), path, rotation, format, start, losses));
  }

  /// One turn for each file, a second after the one before.
  void step() {
    try {
      nanoTime += 1_000_000_000L;
      engine.step();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Turns until nothing more can come, rotations included.
  void settle() {
    int seen = -1;
    while (seen < lines().size()) {
      seen = lines().size();
      for (int i = 0; i < 20; i++) {
        step();
      }
    }
  }

  /// Lets so much time pass and looks which files get on.
  void watch(int seconds) {
    nanoTime += seconds * 1_000_000_000L;
    engine.watch();
  }

  /// What happens while the reader is held up.
  void holdOn() {
    engine.holdAll();
  }

  void save() {
    engine.save();
  }

  /// Stops at once, as a killed process does, but with what was saved; a new engine starts, whose
  /// tails the test opens.
  void restart() throws IOException {
    positions.close();
    positions = Positions.open(positionsFile());
    receiver = new CollectingReceiver();
    engine = engine(receiver);
  }

  List<String> lines() {
    return receiver.lines();
  }

  static void append(Path file, String text) {
    append(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void append(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void truncate(Path file) {
    try {
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A record as Docker writes it; `text` is put in as it is.
  static String record(String text, String stream, int second) {
    return "{\"log\":\"%s\",\"stream\":\"%s\",\"time\":\"2026-11-22T13:00:%02d.000000001Z\"}\n"
        .formatted(text, stream, second);
  }

  @Override
  public void close() throws IOException {
    positions.close();
  }
}
