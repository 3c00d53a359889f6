package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.jsonfile.JsonFileRecord;
import dev.weir.agent.loki.jsonfile.Records;
import dev.weir.agent.river.eval.NamedBlock;
import dev.weir.agent.testkit.SeenEntry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// The short way of `stage.docker` against the general one, which is taken where nothing may be
/// read behind the record.
class DockerShapePropertyTest {
  private final RunningStages stages =
      RunningStages.of(new NamedBlock("docker", new DockerStage.Arguments()));

  @Provide
  Arbitrary<String> records() {
    return Records.any();
  }

  @Property(tries = 3000)
  void takesTheSameOutOfARecordOnBothWays(@ForAll("records") String text) {
    SeenEntry general = run(text, 0);
    Map<String, @Nullable Object> extracted = stages.extracted();

    assertThat(run(text, JsonFileRecord.SLACK)).isEqualTo(general);
    assertThat(stages.extracted()).isEqualTo(extracted);
  }

  private SeenEntry run(String text, int behind) {
    byte[] line = text.getBytes(StandardCharsets.ISO_8859_1);
    var bytes = new byte[line.length + behind];
    System.arraycopy(line, 0, bytes, 0, line.length);
    return stages.run(
        "",
        entry -> {
          entry.timestamp(7);
          entry.line(bytes, 0, line.length);
        });
  }
}
