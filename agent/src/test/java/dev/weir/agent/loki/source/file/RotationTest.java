package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What writers and rotators do to real files, while the source runs and while it does not.
final class RotationTest {
  private static final String ONE_FILE = "targets = [{__path__ = \"$/a.log\"}]";
  private static final String GLOB =
      "targets = [{__path__ = \"$/pods/*/*/*.log\"}]\n"
          + "file_match {\n enabled = true\n sync_period = \"20ms\"\n}";

  @TempDir Path directory;
  private FileSource source = new FileSource(Path.of("unset"));

  /// When something happens to a file.
  enum When {
    RUNNING,
    STOPPED
  }

  @BeforeEach
  void place() {
    source = new FileSource(directory);
  }

  @AfterEach
  void stop() {
    source.close();
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  /// Lines that are read before anything happens.
  private void begin(String body, When when) throws IOException {
    source.append("a.log", "first line of this file\nsecond line of this file\n");
    source.start(body);
    source.awaitLines("first line of this file", "second line of this file");
    if (when == When.STOPPED) {
      source.stop();
    }
  }

  private void goOn(String body, When when) {
    if (when == When.STOPPED) {
      source.start(body);
    }
  }

  private void awaitMore(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "first line of this file";
    all[1] = "second line of this file";
    System.arraycopy(more, 0, all, 2, more.length);
    source.awaitLines(all);
  }

  @ParameterizedTest
  @EnumSource
  void readsARenamedFileToItsEnd(When when) throws Exception {
    begin(ONE_FILE, when);
    source.append("a.log", "third\n");
    Files.move(file("a.log"), file("a.log.1"));
    source.append("a.log.1", "fourth\n");
    source.append("a.log", "fifth\n");
    goOn(ONE_FILE, when);

    awaitMore("third", "fourth", "fifth");
  }

  @ParameterizedTest
  @EnumSource
  void readsTheCopyOfATruncatedFile(When when) throws Exception {
    begin(ONE_FILE, When.STOPPED);
    source.append("a.log", "third\n");
    Files.copy(file("a.log"), file("a.log.1"));
    truncate();
    source.append("a.log", "fourth\n");
    goOn(ONE_FILE, When.STOPPED);
    awaitMore("third", "fourth");
    if (when == When.RUNNING) {
      Files.copy(file("a.log"), file("a.log.2"));
      truncate();
      source.append("a.log", "fifth\n");
      awaitMore("third", "fourth", "fifth");
    }
  }

  @ParameterizedTest
  @EnumSource
  void beginsAnewWithAFileThatIsTruncatedInPlace(When when) throws Exception {
    begin(ONE_FILE, when);
    truncate();
    source.append("a.log", "new\n");
    goOn(ONE_FILE, when);

    awaitMore("new");
  }

  @ParameterizedTest
  @EnumSource
  void noticesATruncationEvenWhenTheFileIsLongerAgain(When when) throws Exception {
    begin(ONE_FILE, when);
    truncate();
    source.append("a.log", "a line that is much longer than what had been there before it\n");
    source.append("a.log", "and another one\n");
    goOn(ONE_FILE, when);

    awaitMore("a line that is much longer than what had been there before it", "and another one");
  }

  @ParameterizedTest
  @EnumSource
  void beginsAnewWithAFileThatIsDeletedAndMadeAgain(When when) throws Exception {
    begin(ONE_FILE, when);
    Files.delete(file("a.log"));
    source.append("a.log", "new\n");
    goOn(ONE_FILE, when);

    awaitMore("new");
  }

  @ParameterizedTest
  @EnumSource
  void beginsAnewWhenAnotherFileGetsTheInode(When when) throws Exception {
    begin(ONE_FILE, when);
    Object inode = Files.getAttribute(file("a.log"), "unix:ino");
    // The file system gives a free inode to the next file; what content it has decides.
    Files.delete(file("a.log"));
    Path next = source.append("b.log", "of another file, with the same inode or not\n");
    assertThat(Files.getAttribute(next, "unix:ino")).isNotNull();
    assertThat(inode).isNotNull();
    Files.move(next, file("a.log"));
    goOn(ONE_FILE, when);

    awaitMore("of another file, with the same inode or not");
  }

  @ParameterizedTest
  @EnumSource
  void followsALinkThatIsSwapped(When when) throws Exception {
    source.append("run/1.log", "first line of this file\nsecond line of this file\n");
    source.append("run/2.log", "of the second run\n");
    Files.createSymbolicLink(file("a.log"), file("run/1.log"));
    source.start(ONE_FILE);
    awaitMore();
    if (when == When.STOPPED) {
      source.stop();
    }
    Files.createSymbolicLink(file("a.new"), file("run/2.log"));
    Files.move(file("a.new"), file("a.log"), StandardCopyOption.ATOMIC_MOVE);
    goOn(ONE_FILE, when);
    awaitMore("of the second run");
    source.append("run/2.log", "more\n");

    awaitMore("of the second run", "more");
  }

  /// The kubelet renames, and compresses all but the youngest of the renamed.
  @ParameterizedTest
  @EnumSource
  void readsEachLineOfAPodOnceThroughTheKubeletsRotations(When when) throws Exception {
    String pod = "pods/ns_pod_uid/app/";
    source.append(pod + "0.log", cri("one", 1) + cri("two", 2));
    source.start(GLOB);
    source.awaitLines(lines(1, 2));
    if (when == When.STOPPED) {
      source.stop();
    }
    source.append(pod + "0.log", cri("three", 3));
    Files.move(file(pod + "0.log"), file(pod + "0.log.20260101-000000"));
    source.append(pod + "0.log", cri("four", 4));
    if (when == When.RUNNING) {
      source.awaitLines(lines(1, 4));
    }
    Files.move(file(pod + "0.log"), file(pod + "0.log.20260101-000100"));
    compress(file(pod + "0.log.20260101-000000"));
    source.append(pod + "0.log", cri("five", 5));
    source.append(pod + "1.log", cri("six", 6));
    goOn(GLOB, when);

    source.awaitLines(lines(1, 6));
  }

  @Test
  void readsTheFilesBehindLinksThatTheKubeletRotatesWhileStopped() throws Exception {
    String body = "targets = [{__path__ = \"$/containers/a.log\"}]";
    String pod = "pods/ns_pod_uid/app/";
    source.append(pod + "0.log", cri("one", 1));
    Files.createDirectories(file("containers"));
    Files.createSymbolicLink(file("containers/a.log"), file(pod + "0.log"));
    source.start(body);
    source.awaitLines(lines(1, 1));
    source.stop();
    source.append(pod + "0.log", cri("two", 2));
    Files.move(file(pod + "0.log"), file(pod + "0.log.20260101-000000"));
    source.append(pod + "0.log", cri("three", 3));
    source.start(body);

    source.awaitLines(lines(1, 3));
  }

  @Test
  void sendsALineWithoutNewlineWhenItsFileIsRotated() throws Exception {
    begin(ONE_FILE, When.RUNNING);
    source.append("a.log", "unfinished");
    Files.move(file("a.log"), file("a.log.1"));
    source.append("a.log", "next\n");

    await().untilAsserted(() -> assertThat(source.receiver.lines()).contains("unfinished", "next"));
  }

  /// F55.
  @ParameterizedTest
  @EnumSource
  void completesALineThatWasHalfWritten(When when) throws Exception {
    begin(ONE_FILE, When.RUNNING);
    source.append("a.log", "half ");
    if (when == When.STOPPED) {
      source.stop();
    }
    source.append("a.log", "a line\nnext\n");
    goOn(ONE_FILE, when);

    awaitMore("half a line", "next");
  }

  /// F38: faster than anyone could read, with a writer that keeps two files.
  @Test
  void countsWhatWasDeletedUnread() throws Exception {
    begin(ONE_FILE, When.STOPPED);
    for (int i = 0; i < 5; i++) {
      source.append("a.log", "line " + i + " of many\n");
      Files.move(file("a.log"), file("a.log.1"), StandardCopyOption.REPLACE_EXISTING);
      source.append("a.log", "");
    }
    source.append("a.log", "the last one\n");
    source.start(ONE_FILE);

    awaitMore("line 4 of many", "the last one");
    assertThat(source.scrape()).contains("loki_source_file_lost_bytes_total");
  }

  private static String cri(String text, int second) {
    return "2026-01-01T00:00:%02dZ stdout F %s\n".formatted(second, text);
  }

  private static String[] lines(int from, int to) {
    String[] words = {"one", "two", "three", "four", "five", "six"};
    String[] lines = new String[to - from + 1];
    for (int i = from; i <= to; i++) {
      lines[i - from] = cri(words[i - 1], i).strip();
    }
    return lines;
  }

  private void truncate() throws IOException {
    try (FileChannel channel = FileChannel.open(file("a.log"), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  private static void compress(Path plain) throws IOException {
    Path packed = plain.resolveSibling(plain.getFileName() + ".gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readString(plain).getBytes(StandardCharsets.UTF_8));
    }
    Files.delete(plain);
  }
}
