package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Runs random histories of a log file and its reader, and compares what arrives with what was
/// written: nothing lost but what a truncation took, nothing foreign, in order, nothing twice but
/// what a crash left unsaved.
final class TailModelTest {
  /// One thing that happens.
  enum Event {
    WRITE,
    WRITE_MANY,
    WRITE_HALF,
    STEP,
    SETTLE,
    ROTATE,
    COMPRESS,
    TRUNCATE,
    COPY_TRUNCATE,
    REPLACE,
    SAVE,
    RESTART,
    CRASH,
    HOLD,
    CONFIRM,
    FAIL
  }

  @Provide
  Arbitrary<List<Event>> dockerHistories() {
    return history(
        Event.WRITE,
        Event.WRITE_MANY,
        Event.WRITE_HALF,
        Event.STEP,
        Event.SETTLE,
        Event.ROTATE,
        Event.COMPRESS,
        Event.SAVE,
        Event.RESTART,
        Event.CRASH,
        Event.HOLD,
        Event.CONFIRM,
        Event.FAIL);
  }

  @Provide
  Arbitrary<List<Event>> plainHistories() {
    return history(Event.values());
  }

  private static Arbitrary<List<Event>> history(Event... events) {
    return Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Event.WRITE)), Tuple.of(5, Arbitraries.of(events)))
        .list()
        .ofMinSize(20)
        .ofMaxSize(200);
  }

  @Property(tries = 60)
  void losesAndRepeatsNothingOfDockerFiles(@ForAll("dockerHistories") List<Event> events)
      throws IOException, InterruptedException {
    try (var model = new Model(Rotation.NUMBERED)) {
      events.forEach(model::happen);
      model.check();
    }
  }

  @Property(tries = 60)
  void losesNothingOfPlainFilesButWhatIsTruncated(@ForAll("plainHistories") List<Event> events)
      throws IOException, InterruptedException {
    try (var model = new Model(Rotation.SIBLINGS)) {
      events.forEach(model::happen);
      model.check();
    }
  }

  /// The file, its reader, and what should have arrived.
  private static final class Model implements AutoCloseable {
    private static final int KEPT = 6;

    private final Path directory = Files.createTempDirectory("tail-model");
    private final Path log = directory.resolve("app.log");
    private final Rotation rotation;
    private final TailHarness tail;
    private final List<String> written = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Set<String> mayBeLost = new HashSet<>();
    private final Set<String> mayRepeat = new HashSet<>();
    private int unstepped;
    private int savedSeen;
    private String half = "";
    private boolean holding;
    private boolean truncated;

    Model(Rotation rotation) throws IOException {
      this.rotation = rotation;
      this.tail = new TailHarness(directory);
      TailHarness.append(log, "");
      open();
      save();
    }

    private void open() {
      tail.open(
          log, rotation, rotation == Rotation.NUMBERED ? TailHarness.JSON : TailHarness.PLAIN);
    }

    void happen(Event event) {
      try {
        apply(event);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void apply(Event event) throws IOException {
      switch (event) {
        case WRITE -> write(1);
        case WRITE_MANY -> write(80);
        case WRITE_HALF -> writeHalf();
        case STEP -> step();
        case SETTLE -> settle();
        case ROTATE -> rotate();
        case COMPRESS -> compress();
        case TRUNCATE -> {
          loseUnread();
          half = "";
          Files.write(log, new byte[0]);
          settle();
        }
        case COPY_TRUNCATE -> copyTruncate();
        case REPLACE -> {
          settle();
          complete();
          settle();
          Files.delete(log);
          TailHarness.append(log, "");
        }
        case SAVE -> save();
        case RESTART -> {
          save();
          restart();
        }
        case CRASH -> restart();
        case HOLD -> {
          holding = true;
          tail.receiver.holdDeliveries();
        }
        case CONFIRM -> tail.receiver.confirmAll();
        case FAIL -> fail();
      }
    }

    private void write(int count) {
      complete();
      var text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(line());
      }
      TailHarness.append(log, text.toString());
    }

    private String line() {
      String text =
          "2026-11-22 line " + written.size() + " " + "abcdefghij".repeat(written.size() % 4);
      written.add(text);
      return rotation == Rotation.NUMBERED
          ? TailHarness.record(text + "\\n", "stdout", written.size() % 60)
          : text + "\n";
    }

    private void writeHalf() {
      complete();
      String line = line();
      int cut = line.length() / 2;
      TailHarness.append(log, line.substring(0, cut));
      half = line.substring(cut);
    }

    private void complete() {
      TailHarness.append(log, half);
      half = "";
    }

    private void step() {
      tail.step();
      unstepped = 0;
    }

    private void settle() {
      tail.settle();
      unstepped = 0;
    }

    /// As Docker and logrotate do it; never so often that a file goes before the reader could open
    /// it.
    private void rotate() {
      complete();
      if (++unstepped > 2 || holding) {
        settle();
      }
      for (int i = KEPT; i > 0; i--) {
        for (String packed : List.of("", ".gz")) {
          Path from = sibling(i, packed);
          if (Files.exists(from)) {
            TailHarness.move(from, sibling(i + 1, packed));
          }
        }
      }
      TailHarness.move(log, sibling(1, ""));
      TailHarness.append(log, "");
    }

    private Path sibling(int number, String packed) {
      return log.resolveSibling("app.log." + number + packed);
    }

    /// Packs the youngest rotated file, which keeps its place in the order of times.
    private void compress() throws IOException {
      Path plain = sibling(1, "");
      if (!Files.exists(plain)) {
        return;
      }
      settle();
      Path packed = sibling(1, ".gz");
      try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        out.write(Files.readAllBytes(plain));
      }
      Files.setLastModifiedTime(packed, Files.getLastModifiedTime(plain));
      Files.delete(plain);
    }

    private void copyTruncate() throws IOException {
      complete();
      loseUnread();
      Files.copy(log, sibling(1, ""), StandardCopyOption.REPLACE_EXISTING);
      Files.write(log, new byte[0]);
      settle();
    }

    /// What has not arrived may be overwritten now; while deliveries are held, so may what has
    /// arrived and can still fail.
    private void loseUnread() {
      truncated = true;
      mayBeLost.addAll(written);
      if (!holding) {
        mayBeLost.removeAll(seen);
        mayBeLost.removeAll(tail.receiver.lines());
      }
    }

    private void save() {
      tail.save();
      savedSeen = holding ? savedSeen : tail.receiver.lines().size();
    }

    private void restart() throws IOException {
      List<String> lines = tail.receiver.lines();
      mayRepeat.addAll(lines.subList(Math.min(savedSeen, lines.size()), lines.size()));
      seen.addAll(lines);
      savedSeen = 0;
      holding = false;
      tail.restart();
      open();
      unstepped = 0;
    }

    private void fail() {
      mayRepeat.addAll(tail.receiver.lines());
      tail.receiver.failAll();
      settle();
    }

    void check() throws IOException {
      complete();
      tail.receiver.confirmAll();
      settle();
      if (holding) {
        tail.receiver.confirmAll();
        settle();
      }
      restart();
      settle();
      seen.addAll(tail.lines());

      Set<String> missing = new HashSet<>(written);
      missing.removeAll(mayBeLost);
      seen.forEach(missing::remove);
      assertThat(missing).as("lost").isEmpty();
      Set<String> first = new HashSet<>();
      List<String> repeated =
          seen.stream().filter(line -> !first.add(line) && !mayRepeat.contains(line)).toList();
      assertThat(repeated).as("repeated").isEmpty();
      if (!truncated) {
        assertThat(written).as("foreign").containsAll(seen);
        List<String> once = seen.stream().distinct().toList();
        assertThat(once).as("order").isEqualTo(written);
      }
    }

    @Override
    public void close() throws IOException {
      tail.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
