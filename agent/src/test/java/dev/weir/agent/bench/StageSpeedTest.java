package dev.weir.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.process.stage.StageType;
import dev.weir.agent.loki.process.stage.StageTypes;
import dev.weir.agent.testkit.SmallMaxMind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageSpeedTest {
  @Test
  void measuresEveryStage(@TempDir Path directory) throws Exception {
    var out = new StringWriter();
    StageSpeed.run(0, SmallMaxMind.write(directory).toString(), new PrintWriter(out));
    Set<String> measured =
        out.toString()
            .lines()
            .skip(1)
            .map(line -> line.split(" ", 2)[0])
            .filter(name -> !name.startsWith("("))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(measured)
        .isEqualTo(
            StageTypes.ALL.stream()
                .map(StageType::name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
