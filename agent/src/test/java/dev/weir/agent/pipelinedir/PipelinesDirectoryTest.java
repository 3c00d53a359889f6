package dev.weir.agent.pipelinedir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.agent.pipelinedir.PipelineStatus.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the agent makes of a directory that changes under it.
class PipelinesDirectoryTest {
  private static final String A = "_cluster.a.river";
  private static final String B = "_cluster.b.river";

  @TempDir Path directory;
  private PipelineFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new PipelineFixture(directory);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void runsEveryFileAsAPipelineOfItsOwn() throws Exception {
    fixture.append("a", "a1", "a2");
    fixture.append("b", "b1");
    fixture
        .volume()
        .put(A, fixture.pipeline("a"))
        .put(B + ".gz", fixture.pipeline("b"))
        .put("head.json", "{\"revision\":\"0123456789ab\"}")
        .project();

    fixture.start();

    fixture.awaitLines("a", List.of("a1", "a2"));
    fixture.awaitLines("b", List.of("b1"));
    JsonNode told = fixture.told("b");
    assertThat(told.path("file").asText()).isEqualTo(B + ".gz");
    assertThat(told.path("state").asText()).isEqualTo("running");
    assertThat(told.path("hash")).isEqualTo(told.path("wantedHash"));
    assertThat(told.path("outputs").path(0).path("name").asText()).isEqualTo("main");
    assertThat(fixture.get("/api/v1/pipelines").body()).contains("\"revision\":\"0123456789ab\"");
  }

  @Test
  void runsTheOthersWhenOneIsBroken() throws Exception {
    fixture.append("a", "a1");
    fixture.volume().put(A, fixture.pipeline("a")).put(B, "pipeline {").project();

    fixture.start();

    fixture.awaitLines("a", List.of("a1"));
    assertThat(fixture.status(B).state()).isEqualTo(State.FAILED);
    assertThat(fixture.told("b").path("error").path("line").asInt()).isPositive();
    fixture.append("b", "b1");
    fixture.volume().put(B, fixture.pipeline("b")).project();
    fixture.awaitLines("b", List.of("b1"));
    fixture.awaitState(B, State.RUNNING);
  }

  @Test
  void goesOnWithTheLastGoodTextWhileTheNewOneIsBad() throws Exception {
    fixture.append("a", "a1");
    fixture.volume().put(A, fixture.pipeline("a")).project();
    fixture.start();
    fixture.awaitLines("a", List.of("a1"));
    String good = fixture.status(A).hash();

    for (String bad :
        List.of(
            "no river at all",
            fixture.pipeline("a").replace("loki.write.out_0", "loki.write.nowhere"),
            fixture.pipeline("a", fixture.sandbox().pushUrl().toString(), "stage.regex {}"),
            fixture.pipeline("a", "no url", ""))) {
      PipelineStatus before = fixture.status(A);
      fixture.volume().put(A, bad).project();
      fixture.awaitHash(A, before);
      fixture.awaitState(A, State.SUPERSEDED);
      assertThat(fixture.status(A).hash()).isEqualTo(good);
      assertThat(fixture.status(A).error()).isNotNull();
    }

    fixture.append("a", "a2");
    fixture.awaitLines("a", List.of("a1", "a2"));
    fixture.volume().put(A, fixture.pipeline("a")).project();
    fixture.awaitState(A, State.RUNNING);
  }

  @Test
  void changesOnePipelineInPlaceAndLeavesTheOthersAlone() throws Exception {
    fixture.append("a", "a1");
    fixture.append("b", "b1");
    fixture.volume().put(A, fixture.pipeline("a")).put(B, fixture.pipeline("b")).project();
    fixture.start();
    fixture.awaitLines("a", List.of("a1"));
    fixture.awaitLines("b", List.of("b1"));
    PipelineStatus before = fixture.status(A);

    fixture
        .volume()
        .put(
            A,
            fixture.pipeline(
                "a",
                fixture.sandbox().pushUrl().toString(),
                "stage.static_labels { values = { edited = \"yes\" } }"))
        .project();
    fixture.awaitHash(A, before);
    fixture.awaitState(A, State.RUNNING);
    fixture.append("a", "a2");
    fixture.append("b", "b2");

    fixture.awaitLines("a", List.of("a1", "a2"));
    fixture.awaitLines("b", List.of("b1", "b2"));
    assertThat(fixture.sandbox().lines("{edited=\"yes\"}")).containsExactly("a2");
  }

  @Test
  void stopsAPipelineWhoseFileIsGoneAndGoesOnWhereItWasWhenItComesBack() throws Exception {
    fixture.append("a", "a1");
    fixture.volume().put(A, fixture.pipeline("a")).put(B, fixture.pipeline("b")).project();
    fixture.start();
    fixture.awaitLines("a", List.of("a1"));

    fixture.volume().remove(A).project();
    org.awaitility.Awaitility.await()
        .until(() -> fixture.agent().pipelines().stream().noneMatch(s -> s.file().equals(A)));
    fixture.append("a", "a2");
    fixture.volume().put(A, fixture.pipeline("a")).project();

    fixture.awaitLines("a", List.of("a1", "a2"));
  }
}
