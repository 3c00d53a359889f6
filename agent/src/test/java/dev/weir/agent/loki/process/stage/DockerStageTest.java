package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.eval.NamedBlock;
import dev.weir.agent.testkit.SeenEntry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerStageTest {
  private static final NamedBlock DOCKER = new NamedBlock("docker", new DockerStage.Arguments());

  private final RunningStages stages = RunningStages.of(DOCKER);

  @Test
  void takesLineStreamAndTimeOutOfTheEnvelope() {
    SeenEntry entry =
        stages.run(
            "{\"log\":\"hello\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-01T10:11:12.5Z\"}");

    assertThat(entry.line()).isEqualTo("hello\n");
    assertThat(entry.labels()).isEqualTo(Map.of("stream", "stderr"));
    assertThat(entry.timestamp()).isEqualTo(1_709_287_872_500_000_000L);
    assertThat(stages.extracted())
        .containsEntry("output", "hello\n")
        .containsEntry("stream", "stderr")
        .containsEntry("timestamp", "2024-03-01T10:11:12.5Z");
  }

  @Test
  void goesPastWhatItDoesNotKnow() {
    SeenEntry entry =
        stages.run(
            " { \"attrs\" : {\"a\":[1,{\"log\":\"no\"},[]],\"b\":{}} , \"log\":\"x\","
                + " \"n\":-1.5e3,\"stream\":\"stdout\",\"t\":true}".trim());

    assertThat(entry.line()).startsWith(" {");
    entry =
        stages.run(
            "{ \"attrs\" : {\"a\":[1,{\"log\":\"no\"},[]],\"b\":{}} , \"log\":\"x\","
                + " \"n\":-1.5e3,\"stream\":\"stdout\",\"t\":true} ");
    assertThat(entry.line()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "{",
        "{}",
        "{\"log\":\"\"}",
        "{\"log\":1}",
        "{\"log\":\"x\"",
        "{\"log\":\"x\"} y",
        "{\"log\":\"x\",}",
        "{\"log\":\"x\",\"a\":[1,]}",
        "{\"log\":\"x\",\"a\":01}",
        "{\"log\":\"\\q\"}",
        "{\"log\":\"\\u00g0\"}",
        "{\"other\":\"x\"}",
        "[\"log\"]"
      })
  void letsPassWhatIsNoEnvelope(String line) {
    SeenEntry entry = stages.run(line);

    assertThat(entry.line()).isEqualTo(line);
    assertThat(entry.labels()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a\\\"b\\\\c\\/d, a\"b\\c/d",
    "\\u00e9\\u20ac, é€",
    "\\ud83d\\ude00, 😀",
    "\\ud83d!, \ufffd!",
    "a\\u001b[0m, a\u001b[0m",
    "é😀, é😀"
  })
  void takesEscapesOutOfTheLine(String written, String line) {
    assertThat(stages.run("{\"log\":\"" + written + "\"}").line()).isEqualTo(line);
  }

  @Test
  void keepsTheTimeItHasWhenTheEnvelopesCannotBeRead() {
    SeenEntry entry = stages.run("{\"log\":\"x\",\"time\":\"yesterday\"}", e -> e.timestamp(7));

    assertThat(entry.timestamp()).isEqualTo(7);
  }
}
