package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// A log file with its older generations, its reader, and what should have arrived: nothing lost
/// but what nobody could have read, and that not in silence; nothing foreign; in order; nothing
/// twice but what a crash left unsaved or what was not delivered.
final class TailModel implements AutoCloseable {
  /// One thing that happens.
  enum Event {
    WRITE,
    WRITE_MANY,
    WRITE_HALF,
    STEP,
    SETTLE,
    /// A rotation that the reader can see before the next but one.
    ROTATE,
    /// One that it may not see in time.
    ROTATE_BLINDLY,
    COMPRESS,
    COMPRESS_BLINDLY,
    TRUNCATE,
    TRUNCATE_BLINDLY,
    COPY_TRUNCATE,
    COPY_TRUNCATE_BLINDLY,
    REPLACE,
    DELETE,
    /// What the engine does while its reader is held up.
    HOLD_ON,
    /// Asks how it is getting on.
    LOOK,
    SAVE,
    RESTART,
    CRASH,
    HOLD,
    CONFIRM,
    FAIL
  }

  /// Older generations that are kept.
  private static final int KEPT = 4;

  private final Path directory = Files.createTempDirectory("tail-model");
  private final Path log = directory.resolve("app.log");
  private final Rotation rotation;
  private final TailHarness tail;
  private final List<String> written = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> arrived = new ArrayList<>();
  private final Set<String> mayBeLost = new HashSet<>();
  private final Set<String> mayRepeat = new HashSet<>();
  private final Set<String> noticed = new HashSet<>();
  private final Set<String> unnoticed = new HashSet<>();
  private final Set<String> fragments = new HashSet<>();
  private final List<List<String>> generations = new ArrayList<>();
  private Tail open;
  private int rotations;
  private int unstepped;
  private int savedSeen;
  private int confirmed;
  private String half = "";
  private boolean holding;

  /// Whether something happened after which nobody can know what is missing.
  private boolean forgotten;

  TailModel(Rotation rotation) throws IOException {
    this.rotation = rotation;
    this.tail = new TailHarness(directory);
    generations.add(new ArrayList<>());
    TailHarness.append(log, "");
    open = open();
    save();
  }

  private Tail open() {
    return tail.open(
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
      case ROTATE -> rotate(true);
      case ROTATE_BLINDLY -> rotate(false);
      case COMPRESS -> compress(true);
      case COMPRESS_BLINDLY -> compress(false);
      case TRUNCATE -> truncate(true);
      case TRUNCATE_BLINDLY -> truncate(false);
      case COPY_TRUNCATE -> copyTruncate(true);
      case COPY_TRUNCATE_BLINDLY -> copyTruncate(false);
      case REPLACE -> {
        settle();
        complete();
        settle();
        delete();
        TailHarness.append(log, "");
      }
      case DELETE -> {
        complete();
        settle();
        delete();
      }
      case HOLD_ON -> tail.holdOn();
      case LOOK -> {
        tail.watch(5);
        assertThat(open.backlog().bytes()).isNotNegative();
        assertThat(open.stats().lag()).isNotNegative();
      }
      case SAVE -> save();
      case RESTART -> {
        save();
        restart();
      }
      case CRASH -> restart();
      case HOLD -> {
        if (!holding) {
          holding = true;
          confirmed = tail.lines().size();
          tail.receiver.holdDeliveries();
        }
      }
      case CONFIRM -> {
        tail.receiver.confirmAll();
        confirmed = tail.lines().size();
      }
      case FAIL -> fail();
    }
  }

  // --- the writer ---

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
    generations.getFirst().add(text);
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
    if (!half.isEmpty()) {
      TailHarness.append(log, half);
      half = "";
    }
  }

  /// As Docker, logrotate and the kubelet do it.
  private void rotate(boolean seeing) throws IOException {
    complete();
    if (seeing && (++unstepped > 2 || holding)) {
      settle();
    }
    if (!Files.exists(log)) {
      return;
    }
    rotations++;
    loseOldest(seeing);
    if (rotation != Rotation.KUBELET) {
      for (int i = KEPT; i > 0; i--) {
        for (String packed : List.of("", ".gz")) {
          Path from = numbered(i, packed);
          if (Files.exists(from)) {
            TailHarness.move(from, numbered(i + 1, packed));
          }
        }
      }
    }
    TailHarness.move(log, rotation == Rotation.KUBELET ? stamped(rotations, "") : numbered(1, ""));
    generations.addFirst(new ArrayList<>());
    TailHarness.append(log, "");
  }

  private void loseOldest(boolean seeing) throws IOException {
    if (seeing && generations.size() > KEPT) {
      settle();
    }
    for (String packed : List.of("", ".gz")) {
      Files.deleteIfExists(
          rotation == Rotation.KUBELET
              ? stamped(rotations - KEPT, packed)
              : numbered(KEPT, packed));
    }
    while (generations.size() > KEPT) {
      lose(generations.removeLast());
    }
  }

  private Path numbered(int number, String packed) {
    return log.resolveSibling("app.log." + number + packed);
  }

  private Path stamped(int number, String packed) {
    return log.resolveSibling("app.log.20261122-%06d%s".formatted(Math.max(0, number), packed));
  }

  private Path youngest(String packed) {
    return rotation == Rotation.KUBELET ? stamped(rotations, packed) : numbered(1, packed);
  }

  /// Packs the youngest rotated file, which keeps its place in the order of times. Every other one
  /// has several members.
  private void compress(boolean seeing) throws IOException {
    Path plain = youngest("");
    if (!Files.exists(plain)) {
      return;
    }
    if (seeing) {
      settle();
    }
    Path packed = youngest(".gz");
    byte[] bytes = Files.readAllBytes(plain);
    int cut = rotations % 2 == 0 ? bytes.length : bytes.length / 3;
    try (var out = Files.newOutputStream(packed)) {
      var first = new GZIPOutputStream(out);
      first.write(bytes, 0, cut);
      first.finish();
      if (cut < bytes.length) {
        var second = new GZIPOutputStream(out);
        second.write(bytes, cut, bytes.length - cut);
        second.finish();
      }
    }
    Files.setLastModifiedTime(packed, Files.getLastModifiedTime(plain));
    Files.delete(plain);
  }

  private void truncate(boolean seeing) {
    loseNewest();
    if (!half.isEmpty()) {
      String cut = written.getLast();
      for (int i = 1; i <= cut.length(); i++) {
        fragments.add(cut.substring(0, i));
      }
    }
    half = "";
    TailHarness.truncate(log);
    if (seeing) {
      settle();
    }
  }

  private void copyTruncate(boolean seeing) throws IOException {
    complete();
    if (!Files.exists(log)) {
      return;
    }
    if (generations.size() > 1) {
      lose(generations.get(1));
    }
    loseNewest();
    Files.deleteIfExists(numbered(1, ".gz"));
    Files.copy(log, numbered(1, ""), StandardCopyOption.REPLACE_EXISTING);
    TailHarness.truncate(log);
    if (seeing) {
      settle();
    }
  }

  private void delete() throws IOException {
    if (Files.deleteIfExists(log)) {
      loseNewest();
      forgotten = true;
    }
  }

  private void loseNewest() {
    lose(generations.set(0, new ArrayList<>()));
  }

  /// What went before anybody looked went in silence.
  private void lose(List<String> lines) {
    Set<String> lost = new HashSet<>(lines);
    arrived.forEach(lost::remove);
    tail.lines().forEach(lost::remove);
    mayBeLost.addAll(lost);
    lost.removeAll(noticed);
    unnoticed.addAll(lost);
  }

  private void notice() {
    noticed.addAll(generations.getFirst());
    unstepped = 0;
  }

  // --- the reader ---

  private void step() {
    tail.step();
    unstepped = 0;
  }

  private void settle() {
    tail.settle();
    notice();
  }

  private void save() {
    tail.save();
    savedSeen = holding ? confirmed : tail.lines().size();
  }

  private void restart() throws IOException {
    List<String> lines = tail.lines();
    mayRepeat.addAll(lines.subList(Math.min(savedSeen, lines.size()), lines.size()));
    arrived.addAll(lines);
    savedSeen = 0;
    confirmed = 0;
    holding = false;
    unstepped = 0;
    noticed.clear();
    // What was deleted and is held open by nobody is gone, and there is no trace of it.
    forgotten |= !Files.exists(log);
    tail.restart();
    open = open();
  }

  private void fail() {
    List<String> lines = tail.lines();
    mayRepeat.addAll(lines.subList(holding ? confirmed : lines.size(), lines.size()));
    tail.receiver.failAll();
    settle();
  }

  // --- the result ---

  void check() throws IOException {
    complete();
    if (!Files.exists(log)) {
      TailHarness.append(log, "");
    }
    settle();
    tail.receiver.confirmAll();
    confirmed = tail.lines().size();
    settle();
    tail.receiver.confirmAll();
    confirmed = tail.lines().size();
    tail.save();
    savedSeen = confirmed;
    restart();
    settle();
    arrived.addAll(tail.lines());

    Set<String> missing = new HashSet<>(written);
    arrived.forEach(missing::remove);
    assertThat(mayBeLost).as("lost, and could have been read").containsAll(missing);
    missing.removeAll(unnoticed);
    if (!forgotten && !missing.isEmpty()) {
      assertThat(tail.losses.count).as("lost in silence: %s", missing).isPositive();
    }
    Map<String, Integer> numbers = new HashMap<>();
    written.forEach(line -> numbers.put(line, numbers.size()));
    int last = -1;
    for (String line : arrived) {
      Integer number = numbers.get(line);
      if (number == null) {
        assertThat(fragments).as("foreign").contains(line);
      } else if (rotation == Rotation.SIBLINGS && mayBeLost.contains(line)) {
        // A copy that nobody knew of may be found late, and again after a crash: better than never.
        seen.add(line);
      } else if (seen.add(line)) {
        assertThat(number).as("out of order: %s", line).isGreaterThan(last);
        last = number;
      } else {
        assertThat(mayRepeat).as("repeated").contains(line);
      }
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
