package dev.weir.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigShardsTest {
  private static PipelineFile file(String name, int bytes) {
    return new PipelineFile(name, "hash", new byte[bytes]);
  }

  @Test
  void aFileIsReadAsItWasWritten() throws IOException {
    PipelineFile file = PipelineFile.of("team-a", "shop", "pipeline { }\n");

    assertThat(file.name()).isEqualTo("team-a.shop.river.gz");
    assertThat(file.text()).isEqualTo("pipeline { }\n");
    assertThat(PipelineFile.read(file.name(), file.compressed())).isEqualTo(file);
    assertThat(PipelineFile.of("team-a", "shop", "pipeline { }\n").compressed())
        .isEqualTo(file.compressed());
  }

  @Test
  void longNamesAreCutAndStillDiffer() {
    String namespace = "n".repeat(63);
    String one = PipelineFile.fileName(namespace, "p".repeat(252) + "1");
    String two = PipelineFile.fileName(namespace, "p".repeat(252) + "2");

    assertThat(List.of(one, two)).allMatch(name -> name.length() <= 253).doesNotHaveDuplicates();
    assertThat(PipelineFile.fileName("", "audit")).isEqualTo("_cluster.audit.river.gz");
  }

  @Test
  void aFullShardPassesFilesToTheNextUntilAllAreFull() {
    var shards = new ConfigShards(100);

    for (int index = 0; index < 4; index++) {
      assertThat(shards.add(file("a.same.river.gz", 60))).isTrue();
    }

    assertThat(shards.add(file("a.other.river.gz", 60))).isFalse();
    assertThat(shards.add(file("a.small.river.gz", 40))).isTrue();
    assertThat(shards.usage()).isEqualTo(1.0);
  }

  @Test
  void theRevisionIsThatOfAllFilesAndNamespaces() {
    var one = new ConfigShards();
    one.add(file("a.x.river.gz", 1));
    one.addEvents(file("a.y.river.gz", 1));
    var same = new ConfigShards();
    same.addEvents(file("a.y.river.gz", 1));
    same.add(file("a.x.river.gz", 1));

    assertThat(one.revision("{}")).hasSize(12).isEqualTo(same.revision("{}"));
    assertThat(one.revision("{\"n\":1}")).isNotEqualTo(one.revision("{}"));
  }
}
