package dev.weir.agent.loki.tail;

import static dev.weir.agent.loki.tail.TailHarness.JSON;
import static dev.weir.agent.loki.tail.TailHarness.append;
import static dev.weir.agent.loki.tail.TailHarness.move;
import static dev.weir.agent.loki.tail.TailHarness.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerFileTest {
  @TempDir Path directory;
  private Path log;
  private TailHarness tail;

  @BeforeEach
  void start() throws IOException {
    tail = new TailHarness(directory);
    log = directory.resolve("x-json.log");
  }

  @AfterEach
  void stop() throws IOException {
    tail.close();
  }

  private Tail open() {
    return tail.open(log, Rotation.NUMBERED, JSON);
  }

  private void write(int... numbers) {
    for (int number : numbers) {
      append(log, record("line " + number + "\\n", "stdout", number));
    }
  }

  private void rotate() {
    for (int i = 4; i > 0; i--) {
      Path from = log.resolveSibling(log.getFileName() + "." + i);
      if (Files.exists(from)) {
        move(from, log.resolveSibling(log.getFileName() + "." + (i + 1)));
      }
    }
    move(log, log.resolveSibling(log.getFileName() + ".1"));
  }

  private void compress(int number) throws IOException {
    Path plain = log.resolveSibling(log.getFileName() + "." + number);
    Path packed = log.resolveSibling(log.getFileName() + "." + number + ".gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(plain));
    }
    Files.delete(plain);
  }

  private static String[] lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> "line " + n).toArray(String[]::new);
  }

  @Test
  void readsWhatIsThereAndWhatComes() {
    write(1, 2);
    open();
    tail.settle();
    write(3);
    tail.settle();

    assertThat(tail.lines()).containsExactly(lines(1, 3));
  }

  @Test
  void waitsForAFileThatIsNotThereYet() {
    open();
    tail.settle();
    write(1);
    tail.settle();

    assertThat(tail.lines()).containsExactly("line 1");
    assertThat(tail.losses.messages).containsExactly("file does not exist: " + log);
  }

  @Test
  void readsOldGenerationsFirstAlsoCompressedOnes() throws IOException {
    write(1, 2);
    rotate();
    compress(1);
    move(
        log.resolveSibling(log.getFileName() + ".1.gz"),
        log.resolveSibling(log.getFileName() + ".2.gz"));
    write(3, 4);
    rotate();
    move(
        log.resolveSibling(log.getFileName() + ".1"), log.resolveSibling(log.getFileName() + ".1"));
    write(5);
    open();
    tail.settle();

    assertThat(tail.lines()).containsExactly(lines(1, 5));
  }

  @Test
  void followsSeveralRotationsBetweenTwoLooks() {
    write(1);
    open();
    tail.settle();
    write(2);
    rotate();
    write(3, 4);
    rotate();
    write(5);
    rotate();
    write(6);
    tail.settle();

    assertThat(tail.lines()).containsExactly(lines(1, 6));
    assertThat(tail.losses.messages).isEmpty();
  }

  @Test
  void goesOnAfterARestartThroughRotationsAndCompression() throws IOException {
    write(1, 2);
    open();
    tail.settle();
    tail.save();
    write(3);
    rotate();
    compress(1);
    move(
        log.resolveSibling(log.getFileName() + ".1.gz"),
        log.resolveSibling(log.getFileName() + ".2.gz"));
    write(4);
    rotate();
    write(5);
    tail.restart();
    open();
    tail.settle();

    assertThat(tail.lines()).containsExactly(lines(3, 5));
    assertThat(tail.losses.messages).isEmpty();
  }

  @Test
  void readsNothingTwiceAfterARestart() throws IOException {
    write(1);
    rotate();
    write(2);
    open();
    tail.settle();
    tail.save();
    tail.restart();
    open();
    tail.settle();
    assertThat(tail.lines()).isEmpty();

    rotate();
    write(3);
    tail.settle();
    tail.save();
    tail.restart();
    write(4);
    open();
    tail.settle();
    assertThat(tail.lines()).containsExactly("line 4");
  }

  @Test
  void confirmsOnlyWhatWasDelivered() throws IOException {
    write(1);
    open();
    tail.settle();
    tail.receiver.holdDeliveries();
    write(2);
    tail.settle();
    write(3);
    tail.settle();
    tail.save();
    tail.restart();
    open();
    tail.settle();

    assertThat(tail.lines()).containsExactly(lines(2, 3));
  }

  @Test
  void readsAgainWhatCouldNotBeDelivered() {
    write(1);
    open();
    tail.settle();
    tail.receiver.holdDeliveries();
    write(2);
    tail.settle();
    tail.receiver.failAll();
    tail.settle();
    tail.receiver.confirmAll();

    assertThat(tail.lines()).containsExactly("line 1", "line 2", "line 2");
  }

  @Test
  void joinsALineWhosePartsLieInTwoGenerations() throws IOException {
    String part = "x".repeat(DockerPart.LENGTH);
    write(1);
    append(log, record(part, "stdout", 2));
    append(log, record("err\\n", "stderr", 3));
    open();
    tail.settle();
    tail.save();
    rotate();
    tail.restart();
    open();
    tail.settle();
    assertThat(tail.lines()).isEmpty();

    append(log, record("err 2\\n", "stderr", 3));
    tail.settle();
    tail.save();
    tail.restart();
    open();
    append(log, record("end\\n", "stdout", 4));
    tail.settle();
    assertThat(tail.lines()).containsExactly(part + "end");

    tail.save();
    tail.restart();
    open();
    tail.settle();
    assertThat(tail.lines()).isEmpty();
  }

  @Test
  void keepsGenerationsThatAreDeletedWhileItsReaderIsHeldUp() throws IOException {
    write(1);
    var opened = (TailedFile) open();
    tail.settle();
    for (int i = 2; i < 8; i++) {
      write(i);
      rotate();
      write(10 * i);
      opened.holdOn();
      Files.delete(log.resolveSibling(log.getFileName() + ".1"));
    }
    tail.settle();

    assertThat(tail.lines())
        .containsExactly(
            "line 1", "line 2", "line 20", "line 3", "line 30", "line 4", "line 40", "line 5",
            "line 50", "line 6", "line 60", "line 7", "line 70");
    assertThat(tail.losses.bytes).isZero();
  }

  @Test
  void countsWhatATruncationTookUnread() throws IOException {
    write(1);
    open();
    tail.settle();
    append(log, "{\"log\":\"never ended");
    tail.settle();
    Files.write(log, new byte[0]);
    write(2);
    tail.settle();

    assertThat(tail.lines()).containsExactly(lines(1, 2));
    assertThat(tail.losses.bytes).isEqualTo(19);
  }

  @Test
  void drainsARemovedFileToItsEnd() throws IOException {
    write(1);
    Tail opened = open();
    write(2);
    Files.delete(log);
    opened.close(Tail.Ending.DRAIN);
    tail.settle();

    assertThat(tail.lines()).containsExactly(lines(1, 2));
    assertThat(tail.losses.ended).isOne();
    assertThat(tail.losses.confirmed).isTrue();
  }

  @Test
  void sendsAHeldLineWhenDrained() {
    String part = "x".repeat(DockerPart.LENGTH);
    append(log, record(part, "stdout", 2));
    open().close(Tail.Ending.DRAIN);
    tail.settle();

    assertThat(tail.lines()).containsExactly(part);
    assertThat(tail.losses.ended).isOne();
  }

  @Test
  void endsAtOnceWhenToldSo() throws IOException {
    write(1);
    open().close(Tail.Ending.NOW);
    tail.settle();

    assertThat(tail.lines()).isEmpty();
    assertThat(tail.losses.ended).isOne();
    open();
    tail.settle();
    assertThat(tail.lines()).containsExactly("line 1");
  }
}
