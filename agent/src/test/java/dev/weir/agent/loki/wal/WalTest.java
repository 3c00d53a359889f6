package dev.weir.agent.loki.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.wal.FailingDisk.Fault;
import dev.weir.agent.loki.wal.Outlet.Loss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WalTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final WalSettings SMALL = new WalSettings(1 << 20, HOUR);

  @TempDir Path temporary;

  private Path directory;

  @BeforeEach
  void setUp() {
    directory = temporary.resolve("wal");
  }

  private static String line(int number) {
    return number + " " + "x".repeat(10_000);
  }

  /// Sends lines, each of which is on disk before the next comes.
  private static void sendApart(Log log, int first, int count) throws Exception {
    for (int i = first; i < first + count; i++) {
      int before = log.delivered();
      log.send(line(i));
      await().until(() -> log.delivered() == before + 1);
    }
  }

  private static List<String> lines(int first, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      lines.add(line(i));
    }
    return lines;
  }

  /// What a killed process leaves: the files as they are at a moment.
  private Path copy(String name) throws Exception {
    Path copy = Files.createDirectory(temporary.resolve(name));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".lock")).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  @Test
  void filesCanBeReadByTheirOwnerAlone() throws Exception {
    try (var log = new Log(directory, new RecordingOutlet("a").shut())) {
      sendApart(log, 0, 1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      Path segment = log.segments().getFirst();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void batchesThatComeTogetherAreWrittenTogether() throws Exception {
    var outlet = new RecordingOutlet("a");
    try (var log = new Log(directory, outlet)) {
      for (int i = 0; i < 2000; i++) {
        log.send("line " + i);
      }
      await().until(() -> outlet.lines().size() == 2000);
      assertThat(log.metric("loki_write_wal_watcher_records_read_total")).isLessThan(2000);
    }
  }

  /// F08: whatever length the last segment has been cut to, all records before the cut are given.
  @Test
  void readsUpToATailThatWasTornOff() throws Exception {
    try (var log = new Log(directory, new RecordingOutlet("a").shut())) {
      sendApart(log, 0, 3);
      Path whole = copy("whole");
      Path segment = Log.segments(whole).getFirst();
      long size = Files.size(segment);
      assertThat(size % 3).isZero();
      for (long cut : new long[] {1, 20, 43, 44, 45, 5000, size / 3 - 1, size / 3, size / 3 + 1}) {
        Path torn = copy("torn-" + cut);
        Path file = Log.segments(torn).getFirst();
        try (var open = new java.io.RandomAccessFile(file.toFile(), "rw")) {
          open.setLength(size - cut);
        }
        int left = (int) ((size - cut) / (size / 3));
        var outlet = new RecordingOutlet("a");
        try (var next = new Log(torn, outlet)) {
          next.send("fresh");
          await().until(() -> outlet.lines().size() == left + 1);
          assertThat(outlet.lines().subList(0, left)).isEqualTo(lines(0, left));
          assertThat(outlet.lines().getLast()).isEqualTo("fresh");
          assertThat(outlet.lost(Loss.DAMAGED)).isZero();
        }
      }
    }
  }

  @Test
  void skipsADamagedRecordAndCountsItsEntries() throws Exception {
    try (var log = new Log(directory, new RecordingOutlet("a").shut())) {
      sendApart(log, 0, 5);
      Path damaged = copy("damaged");
      Path segment = Log.segments(damaged).getFirst();
      byte[] bytes = Files.readAllBytes(segment);
      int record = bytes.length / 5;
      for (int at : new int[] {0, 4, 9, 15, 300}) {
        byte[] changed = bytes.clone();
        changed[2 * record + at] ^= 0x55;
        Files.write(segment, changed);
        var outlet = new RecordingOutlet("a");
        Path run = Files.createDirectory(temporary.resolve("run-" + at));
        Files.copy(segment, run.resolve(segment.getFileName()));
        try (var next = new Log(run, outlet)) {
          await().until(() -> outlet.lines().size() == 4);
          assertThat(outlet.lines())
              .isEqualTo(Stream.concat(lines(0, 2).stream(), lines(3, 2).stream()).toList());
          assertThat(outlet.lost(Loss.DAMAGED)).isEqualTo(1);
          assertThat(next.metric("loki_write_wal_damaged_bytes_total")).isEqualTo(record);
        }
      }
    }
  }

  @Test
  void goesOnInTheNextSegmentWhereOneIsGoneAndCountsWhatWasInIt() throws Exception {
    try (var log = new Log(directory, SMALL, Disk.FILES, new RecordingOutlet("a").shut())) {
      sendApart(log, 0, 50);
      assertThat(log.segments()).hasSizeGreaterThan(2);
      Path damaged = copy("damaged");
      Files.delete(Log.segments(damaged).get(1));

      var outlet = new RecordingOutlet("a");
      try (var next = new Log(damaged, outlet)) {
        await().until(() -> outlet.lines().contains(line(49)));
        assertThat(next.failed()).isZero();
        assertThat(outlet.lost(Loss.DAMAGED)).isPositive();
        assertThat(outlet.lines().size() + outlet.lost(Loss.DAMAGED)).isEqualTo(50);
      }
    }
  }

  @Test
  void removesSegmentsThatEverybodyHasGot() throws Exception {
    var a = new RecordingOutlet("a").shut();
    var b = new RecordingOutlet("b");
    try (var log = new Log(directory, SMALL, Disk.FILES, a, b)) {
      sendApart(log, 0, 50);
      await().until(() -> b.lines().size() == 50);
      Path first = log.segments().getFirst();
      assertThat(first.getFileName()).hasToString("00000000.weir");

      a.open();

      await().until(() -> a.lines().size() == 50);
      await().until(() -> log.segments().size() == 1);
      assertThat(log.metric("loki_write_wal_writer_reclaimed_space")).isPositive();
    }
  }

  @Test
  void fullSourcesWaitWhileNobodyIsAhead() throws Exception {
    var a = new RecordingOutlet("a").shut();
    var b = new RecordingOutlet("b").shut();
    try (var log = new Log(directory, SMALL, Disk.FILES, a, b)) {
      Thread source =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < 400; i++) {
                    log.send(line(i));
                  }
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      await().until(() -> log.metric("loki_write_wal_full") == 1);
      await().until(() -> source.getState() == Thread.State.WAITING);
      assertThat(log.metric("loki_write_wal_size_bytes")).isLessThanOrEqualTo(1 << 20);

      a.open();
      b.open();

      source.join();
      await().until(() -> b.lines().size() == 400 && a.lines().size() == 400);
      assertThat(a.lines()).isEqualTo(lines(0, 400)).isEqualTo(b.lines());
      assertThat(a.lost(Loss.FULL) + b.lost(Loss.FULL)).isZero();
    }
  }

  @Test
  void fullTheOldestOfWhoIsBehindIsDroppedAndCounted() throws Exception {
    var dead = new RecordingOutlet("dead").shut();
    var healthy = new RecordingOutlet("healthy");
    try (var log = new Log(directory, SMALL, Disk.FILES, dead, healthy)) {
      sendApart(log, 0, 1);
      log.later.addAndGet(TimeUnit.MINUTES.toNanos(2));
      for (int i = 1; i < 300; i++) {
        log.send(line(i));
      }
      await().until(() -> healthy.lines().size() == 300);
      assertThat(healthy.lines()).isEqualTo(lines(0, 300));
      assertThat(healthy.lost(Loss.FULL)).isZero();
      long lost = dead.lost(Loss.FULL);
      assertThat(lost).isPositive();

      dead.open();

      await().until(() -> dead.lines().size() + dead.lost(Loss.FULL) == 300);
      assertThat(dead.lines().getLast()).isEqualTo(line(299));
    }
  }

  @Test
  void whatIsTooOldIsDroppedAndCounted() throws Exception {
    var dead = new RecordingOutlet("dead").hold();
    try (var log = new Log(directory, dead)) {
      sendApart(log, 0, 1);
      await().until(() -> dead.lines().size() == 1);
      dead.shut();
      sendApart(log, 1, 3);
      // Of these, the first is in the hands of the outlet.
      await().until(() -> log.metric("loki_write_wal_pending_entries") == 4);

      log.later.addAndGet(TimeUnit.HOURS.toNanos(2));

      await().until(() -> dead.lost(Loss.EXPIRED) == 2);
      await().until(() -> log.segments().isEmpty());
      dead.open();
      sendApart(log, 4, 1);
      await().until(() -> dead.lines().size() == 3);
      assertThat(dead.lines().getLast()).isEqualTo(line(4));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void waitsWhileTheDiskFailsAndThenLosesAndRepeatsNothing(Fault fault) throws Exception {
    var disk = new FailingDisk();
    var outlet = new RecordingOutlet("a");
    try (var log = new Log(directory, SMALL, disk, outlet)) {
      if (fault != Fault.CREATE) {
        sendApart(log, 0, 1);
      }
      int before = log.delivered();
      disk.fail(fault);
      for (int i = before; i < 10; i++) {
        log.send(line(i));
      }
      await().until(() -> disk.failures() > 1);
      assertThat(log.delivered()).isEqualTo(before);
      assertThat(log.wal().trouble()).contains("cannot be written");
      assertThat(outlet.lines()).hasSize(before);

      disk.fail(Fault.NONE);

      await().until(() -> log.delivered() == 10);
      await().until(() -> outlet.lines().size() == 10);
      assertThat(outlet.lines()).isEqualTo(lines(0, 10));
      assertThat(log.wal().trouble()).isNull();
      assertThat(log.metric("loki_write_wal_write_failures_total")).isGreaterThan(1);
      assertThat(outlet.lost(Loss.DAMAGED)).isZero();
    }
  }

  @Test
  void handsBackWhatIsNotOnDiskWhenItEnds() throws Exception {
    var disk = new FailingDisk();
    disk.fail(Fault.CREATE);
    var log = new Log(directory, SMALL, disk, new RecordingOutlet("a"));
    log.send("one");
    await().until(() -> disk.failures() > 0);

    log.close();

    assertThat(log.failed()).isEqualTo(1);
    assertThat(log.delivered()).isZero();
  }

  @Test
  void waitsUntilItsDirectoryCanBeMade() throws Exception {
    Files.writeString(directory, "in the way");
    var outlet = new RecordingOutlet("a");
    try (var log = new Log(directory, outlet)) {
      log.send("one");
      await().until(() -> log.wal().trouble() != null);
      assertThat(log.delivered()).isZero();

      Files.delete(directory);

      await().until(() -> outlet.lines().size() == 1);
      assertThat(log.wal().trouble()).isNull();
    }
  }

  @Test
  void readsAgainWhatWentBack() throws Exception {
    var outlet = new RecordingOutlet("a").hold();
    try (var log = new Log(directory, outlet)) {
      sendApart(log, 0, 2);
      await().until(() -> outlet.lines().size() == 2);

      outlet.settle(false);

      await().until(() -> outlet.lines().size() == 4);
      assertThat(outlet.lines().subList(2, 4)).isEqualTo(lines(0, 2));
      await().until(() -> log.metric("loki_write_wal_pending_entries") == 0);
    }
  }

  @Test
  void readsOnAfterABugOfAnOutlet() throws Exception {
    var outlet = new RecordingOutlet("a").stumble();
    try (var log = new Log(directory, outlet)) {
      sendApart(log, 0, 2);

      await().until(() -> outlet.lines().size() == 2);
      assertThat(outlet.lines()).isEqualTo(lines(0, 2));
      await().until(() -> log.metric("loki_write_wal_pending_entries") == 0);
    }
  }

  @Test
  void countsWhatWentBackWhenItsSegmentIsGone() throws Exception {
    var slow = new RecordingOutlet("slow").hold();
    var healthy = new RecordingOutlet("healthy");
    try (var log = new Log(directory, SMALL, Disk.FILES, slow, healthy)) {
      sendApart(log, 0, 1);
      await().until(() -> slow.lines().size() == 1);
      slow.shut();
      log.later.addAndGet(TimeUnit.MINUTES.toNanos(2));
      for (int i = 1; i < 300; i++) {
        log.send(line(i));
      }
      await().until(() -> healthy.lines().size() == 300);
      await().until(() -> slow.lost(Loss.FULL) > 0);

      slow.settle(false);
      slow.open();

      await().until(() -> log.metric("loki_write_wal_pending_entries") == 0);
      // The first was given once, but went back: it counts as lost.
      await()
          .until(() -> slow.lines().stream().distinct().count() - 1 + slow.lost(Loss.FULL) == 300);
    }
  }

  @Test
  void goesOnAfterARestartBehindWhatWasDelivered() throws Exception {
    var first = new RecordingOutlet("a");
    try (var log = new Log(directory, first)) {
      sendApart(log, 0, 3);
      await().until(() -> first.lines().size() == 3);
      first.hold();
      sendApart(log, 3, 2);
      await().until(() -> first.lines().size() == 5);
    }
    var second = new RecordingOutlet("a");
    var other = new RecordingOutlet("b");
    try (var log = new Log(directory, second, other)) {
      sendApart(log, 5, 1);
      await().until(() -> second.lines().size() == 3);
      assertThat(second.lines()).isEqualTo(lines(3, 3));
      await().until(() -> other.lines().size() == 1);
    }
  }

  @Test
  void sendsEverythingAgainWhenNobodyKnowsThePlaces() throws Exception {
    try (var log = new Log(directory, new RecordingOutlet("a").shut())) {
      sendApart(log, 0, 3);
    }
    Files.writeString(directory.resolve("places"), "nonsense");
    Files.deleteIfExists(directory.resolve("places.previous"));
    var outlet = new RecordingOutlet("a");
    try (var log = new Log(directory, outlet)) {
      await().until(() -> outlet.lines().size() == 3);
      assertThat(log.metric("loki_write_wal_pending_entries")).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  void countsWhatIsLeftForAnEndpointThatIsGoneAfterARestart() throws Exception {
    try (var log = new Log(directory, new RecordingOutlet("a").shut(), new RecordingOutlet("b"))) {
      sendApart(log, 0, 3);
    }
    var b = new RecordingOutlet("b");
    try (var log = new Log(directory, b)) {
      await().until(() -> log.metric("loki_write_wal_abandoned_entries_total") == 3);
      sendApart(log, 3, 1);
      await().until(() -> b.lines().size() == 1);
    }
  }
}
