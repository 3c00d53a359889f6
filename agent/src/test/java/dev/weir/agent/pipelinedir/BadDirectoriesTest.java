package dev.weir.agent.pipelinedir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.pipelinedir.PipelineStatus.State;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Directories that are not what they should be.
class BadDirectoriesTest {
  private static final String A = "_cluster.a.river";
  private static final String B = "_cluster.b.river";

  @TempDir Path directory;
  private PipelineFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new PipelineFixture(directory);
    fixture.append("a", "a1");
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private void startWithA() throws Exception {
    fixture
        .volume()
        .put(A, fixture.pipeline("a"))
        .put("head.json", "{\"revision\":\"one\"}")
        .project();
    fixture.start();
    fixture.awaitLines("a", List.of("a1"));
  }

  private void goesOn() throws Exception {
    fixture.append("a", "a2");
    fixture.awaitLines("a", List.of("a1", "a2"));
    assertThat(fixture.status(A).state()).isEqualTo(State.RUNNING);
  }

  private void awaitTrouble(String text) {
    await().until(() -> fixture.get("/api/v1/pipelines").body().contains(text));
  }

  @Test
  void aDirectoryThatIsGoneTakesNothingAway() throws Exception {
    startWithA();
    Path aside = directory.resolve("aside");
    Files.move(fixture.volume().root(), aside);
    awaitTrouble("not there");
    goesOn();

    Files.move(aside, fixture.volume().root());
    fixture.append("b", "b1");
    fixture.volume().put(B, fixture.pipeline("b")).project();
    fixture.awaitLines("b", List.of("b1"));
  }

  @Test
  void aVolumeThatIsNotProjectedTakesNothingAway() throws Exception {
    startWithA();
    Files.delete(fixture.volume().root().resolve("..data"));
    awaitTrouble("was projected by the kubelet");
    goesOn();
  }

  @Test
  void aVolumeWithoutItsHeadTakesNothingAwayButStillBrings() throws Exception {
    startWithA();
    fixture.append("b", "b1");
    fixture.volume().remove(A).remove("head.json").put(B, fixture.pipeline("b")).project();

    awaitTrouble("has lost its head.json");
    fixture.awaitLines("b", List.of("b1"));
    goesOn();
  }

  @Test
  void anEmptyVolumeWithItsHeadTakesEverythingAway() throws Exception {
    startWithA();
    fixture.volume().remove(A).put("head.json", "{\"revision\":\"two\"}").project();

    await().until(() -> fixture.agent().pipelines().isEmpty());
    assertThat(fixture.get("/api/v1/pipelines").body()).contains("\"revision\":\"two\"");
  }

  @Test
  void aDirectoryThatComesLaterIsFound() throws Exception {
    Volume.delete(fixture.volume().root());
    fixture.start();
    awaitTrouble("not there");

    Files.createDirectories(fixture.volume().root());
    fixture.volume().put(A, fixture.pipeline("a")).project();
    fixture.awaitLines("a", List.of("a1"));
  }

  @Test
  void filesOfAPlainDirectoryMayBeEditedAndRemoved() throws Exception {
    Path file = fixture.volume().root().resolve(A);
    Files.writeString(file, fixture.pipeline("a"));
    fixture.start();
    fixture.awaitLines("a", List.of("a1"));

    PipelineStatus before = fixture.status(A);
    Path edited = fixture.volume().root().resolve(".edit");
    Files.writeString(
        edited,
        fixture.pipeline(
            "a",
            fixture.sandbox().pushUrl().toString(),
            "stage.static_labels { values = { edited = \"yes\" } }"));
    Files.move(edited, file, StandardCopyOption.ATOMIC_MOVE);
    fixture.awaitHash(A, before);
    fixture.awaitState(A, State.RUNNING);
    fixture.append("a", "a2");
    fixture.awaitLines("a", List.of("a1", "a2"));

    Files.delete(file);
    await().until(() -> fixture.agent().pipelines().isEmpty());
  }

  @Test
  void filesThatAreNoPipelinesAreTheirOwnTrouble() throws Exception {
    Path root = fixture.volume().root();
    Files.writeString(root.resolve(A), fixture.pipeline("a"));
    Files.writeString(root.resolve("x.large.river"), "// " + "x".repeat(64 << 10));
    Files.write(root.resolve("x.bomb.river.gz"), bomb());
    Files.writeString(root.resolve("x.plain.river.gz"), fixture.pipeline("plain"));
    Files.createDirectory(root.resolve("x.directory.river"));
    Files.createSymbolicLink(root.resolve("x.dangling.river"), Path.of("nowhere"));
    Files.write(root.resolve("x.binary.river"), new byte[] {0, (byte) 0xff, 1, 2});
    Files.writeString(root.resolve("x.deep.river"), "a = " + "[".repeat(30_000));
    Process pipe = new ProcessBuilder("mkfifo", root.resolve("x.pipe.river").toString()).start();
    assertThat(pipe.waitFor()).isZero();
    Files.writeString(root.resolve("notes.txt"), "not looked at");

    fixture.start();

    fixture.awaitLines("a", List.of("a1"));
    assertThat(fixture.agent().pipelines())
        .filteredOn(status -> status.state() == State.FAILED)
        .hasSize(8)
        .allMatch(status -> status.error() != null);
    assertThat(fixture.status("x.large.river").toString()).contains("larger than 65536");
    assertThat(fixture.status("x.bomb.river.gz").toString()).contains("larger than 65536");
    goesOn();
  }

  private static byte[] bomb() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 100; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    return packed.toByteArray();
  }

  @Test
  void twoFilesOfOnePipelineDoNotBothRun() throws Exception {
    fixture
        .volume()
        .put(A, fixture.pipeline("a"))
        .put("_cluster.copy.river", fixture.pipeline("a"))
        .project();
    fixture.start();

    fixture.awaitLines("a", List.of("a1"));
    assertThat(fixture.agent().pipelines())
        .extracting(PipelineStatus::state)
        .containsExactlyInAnyOrder(State.RUNNING, State.FAILED);
  }

  @Test
  void aPipelineThatGetsAnotherFileNameGoesOnWhereItWas() throws Exception {
    startWithA();
    fixture.volume().remove(A).put("_cluster.renamed.river", fixture.pipeline("a")).project();
    fixture.awaitState("_cluster.renamed.river", State.RUNNING);
    fixture.append("a", "a2");

    fixture.awaitLines("a", List.of("a1", "a2"));
  }

  @Test
  void aPipelineThatLacksItsSecretRunsOnceItIsThere() throws Exception {
    Path secret = fixture.secrets().resolve("0123");
    fixture
        .volume()
        .put(
            A,
            fixture
                    .pipeline("a")
                    .replace(
                        "endpoint {",
                        "external_labels = { from = convert.nonsensitive(local.file.s_0.content) }\n"
                            + "endpoint {")
                + "local.file \"s_0\" {\nfilename = \""
                + secret
                + "\"\nis_secret = true\n}\n")
        .project();
    fixture.start();
    assertThat(fixture.status(A).state()).isEqualTo(State.FAILED);

    Files.writeString(secret, "the-file");
    fixture.get("/-/reload");

    fixture.awaitLines("a", List.of("a1"));
    assertThat(fixture.sandbox().lines("{from=\"the-file\"}")).containsExactly("a1");
  }
}
