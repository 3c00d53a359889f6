package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.tail.LineFormat.PodLines;
import dev.weir.agent.testkit.SeenEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Files as the kubelet and its container runtime leave them.
final class PodFileTest {
  private static final TailStream OUT = new TailStream(TailHarness.STDOUT, Map.of());
  private static final TailStream ERR = new TailStream(TailHarness.STDERR, Map.of());
  private static final PodLines LINES = lines(1 << 20, LongLines.SPLIT);

  @TempDir Path directory;
  private TailHarness tail;
  private Path file;

  private static PodLines lines(int longest, LongLines tooLong) {
    return new PodLines(OUT, ERR, longest, tooLong);
  }

  @BeforeEach
  void makeHarness() throws IOException {
    tail = new TailHarness(directory);
    file = directory.resolve("0.log");
  }

  @AfterEach
  void close() throws IOException {
    tail.close();
  }

  private static String cri(int second, String rest) {
    return "2026-11-22T13:00:%02d.000000001Z %s\n".formatted(second, rest);
  }

  private void write(String... records) {
    TailHarness.append(file, String.join("", records));
  }

  private void open() {
    tail.open(file, Rotation.KUBELET, LINES);
  }

  private static void pack(Path from) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(bytes)) {
      Files.copy(from, packed);
    }
    Files.write(from.resolveSibling(from.getFileName() + ".gz"), bytes.toByteArray());
  }

  @Test
  void readsTimeStreamAndText() {
    write(
        "2026-11-22T15:00:01.123456789+02:00 stderr F what went wrong\n",
        "2026-11-22T13:00:02Z stdout F \n");
    open();
    tail.settle();

    List<SeenEntry> seen = tail.receiver.entries();
    assertThat(seen).extracting(SeenEntry::line).containsExactly("what went wrong", "");
    assertThat(seen)
        .extracting(SeenEntry::timestamp)
        .containsExactly(1_795_352_401_123_456_789L, 1_795_352_402_000_000_000L);
    assertThat(seen.getFirst().labels()).containsEntry("stream", "stderr");
    assertThat(seen.getLast().labels()).containsEntry("stream", "stdout");
  }

  @Test
  void joinsThePartsOfALinePerStream() {
    write(
        cri(1, "stdout P one "),
        cri(2, "stderr P bad "),
        cri(3, "stdout P and "),
        cri(4, "stderr F news"),
        cri(5, "stdout F two"),
        cri(6, "stdout F:extra three"));
    open();
    tail.settle();

    assertThat(tail.lines()).containsExactly("bad news", "one and two", "three");
    assertThat(tail.receiver.entries())
        .extracting(entry -> entry.timestamp() / 1_000_000_000 % 60)
        .containsExactly(2L, 1L, 6L);
  }

  @Test
  void goesOnInTheMiddleOfALineAfterARestart() throws IOException {
    write(cri(1, "stdout F first"), cri(2, "stdout P half "), cri(3, "stderr F meanwhile"));
    open();
    tail.settle();
    tail.save();
    tail.restart();
    open();
    write(cri(4, "stdout F whole"));
    tail.settle();

    assertThat(tail.lines()).containsExactly("half whole");
  }

  @Test
  void joinsALineAcrossARotation() {
    write(cri(1, "stdout P half "));
    open();
    tail.settle();
    TailHarness.move(file, directory.resolve("0.log.20261122-130002"));
    write(cri(3, "stdout F whole"));
    tail.settle();

    assertThat(tail.lines()).containsExactly("half whole");
  }

  @Test
  void leavesAStreamOutThatIsNotWanted() {
    write(cri(1, "stdout F wanted"), cri(2, "stderr P not "), cri(3, "stderr F wanted"));
    tail.open(file, Rotation.KUBELET, new PodLines(OUT, null, 1 << 20, LongLines.SPLIT));
    tail.settle();

    assertThat(tail.lines()).containsExactly("wanted");
  }

  @Test
  void readsDockersRecordsWhereTheKubeletUsesDocker() {
    TailHarness.append(file, TailHarness.record("a\\n", "stdout", 1));
    TailHarness.append(file, TailHarness.record("b\\n", "stderr", 2));
    open();
    tail.settle();

    assertThat(tail.lines()).containsExactly("a", "b");
  }

  @Test
  void passesOnWhatIsNoRecordAsItIs() {
    write(cri(1, "stdout F one"), "panic in the runtime\n", "\0\0\0" + cri(2, "stdout F two"));
    Tail open = tail.open(file, Rotation.KUBELET, LINES);
    tail.settle();

    assertThat(tail.lines()).containsExactly("one", "panic in the runtime", "two");
    assertThat(open.stats().brokenRecords()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"TRUNCATE, aaaabbbb", "SPLIT, aaaabbbb;cccc", "DROP, ''"})
  void doesWithLongLinesWhatItIsTold(LongLines what, String expected) {
    write(
        cri(1, "stdout P aaaa"),
        cri(2, "stdout P bbbb"),
        cri(3, "stdout F cccc"),
        cri(4, "stdout F short"));
    Tail open = tail.open(file, Rotation.KUBELET, lines(10, what));
    tail.settle();

    String all = expected.isEmpty() ? "short" : expected + ";short";
    String truncated = what == LongLines.TRUNCATE ? all.replace("bbbb", "bbbbcc") : all;
    assertThat(String.join(";", tail.lines())).isEqualTo(truncated);
    assertThat(open.stats().cutLines()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(LongLines.class)
  void readsARecordThatIsLongerThanItsBuffer(LongLines what) {
    tail.settings(1024, 1024);
    String text = "é".repeat(5_000);
    write(cri(1, "stdout F " + text), cri(2, "stdout F next"));
    tail.open(file, Rotation.KUBELET, lines(3_001, what));
    tail.settle();

    List<String> lines = tail.lines();
    assertThat(lines).last().isEqualTo("next");
    String joined = String.join("", lines.subList(0, lines.size() - 1));
    switch (what) {
      case SPLIT -> assertThat(joined).isEqualTo(text);
      case TRUNCATE -> assertThat(joined).isEqualTo("é".repeat(1_500));
      case DROP -> assertThat(joined).isEmpty();
    }
    assertThat(lines).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 3_001);
  }

  @Test
  void beginsWithTheOldestGenerationThatTheKubeletHasKept() throws IOException {
    Path first = directory.resolve("0.log.20261122-130001");
    TailHarness.append(first, cri(1, "stdout F one"));
    pack(first);
    Files.delete(first);
    TailHarness.append(directory.resolve("0.log.20261122-130002"), cri(2, "stdout F two"));
    write(cri(3, "stdout F three"));
    open();
    tail.settle();

    assertThat(tail.lines()).containsExactly("one", "two", "three");
  }

  @Test
  void readsNothingTwiceWhileTheKubeletCompresses() throws IOException {
    write(cri(1, "stdout F one"));
    open();
    tail.settle();
    Path rotated = directory.resolve("0.log.20261122-130001");
    TailHarness.move(file, rotated);
    write(cri(2, "stdout F two"));
    TailHarness.append(directory.resolve("0.log.20261122-130001.tmp"), new byte[] {31, -117, 8});
    tail.settle();
    pack(rotated);
    tail.settle();
    Files.delete(rotated);
    Files.delete(directory.resolve("0.log.20261122-130001.tmp"));
    tail.settle();
    tail.save();
    tail.restart();
    open();
    write(cri(3, "stdout F three"));
    tail.settle();

    assertThat(tail.lines()).containsExactly("three");
    assertThat(tail.losses.messages).isEmpty();
  }

  @Test
  void findsWhatWasRotatedAndCompressedWhileItWasStopped() throws IOException {
    write(cri(1, "stdout F one " + "x".repeat(200)));
    open();
    tail.settle();
    tail.save();
    write(cri(2, "stdout F two"));
    Path rotated = directory.resolve("0.log.20261122-130002");
    TailHarness.move(file, rotated);
    pack(rotated);
    Files.delete(rotated);
    write(cri(3, "stdout F three"));
    tail.restart();
    open();
    tail.settle();

    assertThat(tail.lines()).containsExactly("two", "three");
    assertThat(tail.losses.messages).isEmpty();
  }

  @Test
  void holdsAFileAndItsGenerationsUntilItIsToldWhatTheyAre() throws IOException {
    write(cri(1, "stdout F one"));
    Tail held =
        tail.engine()
            .open(
                new TailTarget(
                    "key",
                    file,
                    Rotation.KUBELET,
                    lines(1 << 20, LongLines.SPLIT),
                    TailTarget.Start.BEGINNING,
                    null,
                    Roots.ANYWHERE,
                    true,
                    tail.losses));
    Path rotated = directory.resolve("0.log.20261122-130002");
    TailHarness.move(file, rotated);
    write(cri(2, "stdout F two"));
    tail.settle();
    Files.delete(rotated);
    Files.delete(file);
    tail.settle();
    assertThat(tail.lines()).isEmpty();

    held.format(LINES);
    tail.settle();

    assertThat(tail.lines()).containsExactly("one", "two");
  }
}
