package dev.weir.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposeTest {
  private static JsonNode service(String name) throws IOException {
    return Repository.tree("compose.yaml").path("services").path(name);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Test
  void hasTheFourServicesInTheCoreProfile() throws IOException {
    JsonNode services = Repository.tree("compose.yaml").path("services");

    assertThat(services.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("alloy", "loki", "grafana", "prometheus");
    for (JsonNode service : services) {
      assertThat(texts(service.path("profiles"))).containsExactly("core");
    }
  }

  @Test
  void watchesAndBoundsEveryService() throws IOException {
    for (JsonNode service : Repository.tree("compose.yaml").path("services")) {
      assertThat(texts(service.path("healthcheck").path("test"))).first().isEqualTo("CMD");
      JsonNode resources = service.path("deploy").path("resources");
      for (String kind : List.of("limits", "reservations")) {
        assertThat(resources.path(kind).path("cpus").asDouble()).isPositive();
        assertThat(resources.path(kind).path("memory").asText()).matches("\\d+[MG]");
      }
      assertThat(service.path("restart").asText()).isEqualTo("unless-stopped");
    }
  }

  @Test
  void publishesPortsToThisMachineOnly() throws IOException {
    for (JsonNode service : Repository.tree("compose.yaml").path("services")) {
      assertThat(texts(service.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
    }
  }

  @Test
  void pinsEveryImage() throws IOException {
    for (JsonNode service : Repository.tree("compose.yaml").path("services")) {
      assertThat(service.path("image").asText()).matches(".+:v?\\d+\\.\\d+\\.\\d+");
    }
  }

  @Test
  void givesTheAgentItsStateAndTheRestReadOnly() throws IOException {
    JsonNode alloy = service("alloy");

    assertThat(texts(alloy.path("volumes")))
        .containsExactlyInAnyOrder(
            "./config/alloy:/etc/alloy:ro",
            "./data/alloy:/var/lib/alloy",
            "/var/run/docker.sock:/var/run/docker.sock:ro",
            "/var/lib/docker/containers:/var/lib/docker/containers:ro");
    assertThat(alloy.path("read_only").asBoolean()).isTrue();
    assertThat(texts(alloy.path("cap_drop"))).containsExactly("ALL");
    assertThat(alloy.path("container_name").asText()).isEqualTo("alloy");
    assertThat(alloy.path("build").path("dockerfile").asText()).isEqualTo("agent/Dockerfile");
    assertThat(texts(alloy.path("command")))
        .startsWith("run", "--config.file=/etc/alloy/config.river");
  }

  @Test
  void mountsWhatExists() throws IOException {
    for (JsonNode service : Repository.tree("compose.yaml").path("services")) {
      for (String volume : texts(service.path("volumes"))) {
        if (volume.startsWith("./config")) {
          assertThat(Repository.TOP.resolve(volume.substring(0, volume.indexOf(':')))).exists();
        }
      }
    }
  }

  @Test
  void keepsLogsForThirtyOneDays() throws IOException {
    JsonNode loki = Repository.tree("config/loki/loki.yaml");

    assertThat(loki.path("limits_config").path("retention_period").asText()).isEqualTo("744h");
    assertThat(loki.path("compactor").path("retention_enabled").asBoolean()).isTrue();
    assertThat(Files.isDirectory(Repository.TOP.resolve("config/loki/rules/fake"))).isTrue();
  }

  @Test
  void keepsAStreamInOnePieceSoThatRepeatedLinesAreKnown() throws IOException {
    JsonNode limits = Repository.tree("config/loki/loki.yaml").path("limits_config");

    assertThat(limits.at("/shard_streams/enabled").isBoolean()).isTrue();
    assertThat(limits.at("/shard_streams/enabled").booleanValue()).isFalse();
  }

  @Test
  void isUnderstoodByCompose() throws Exception {
    Tool.require("docker-compose");

    Tool.Result result =
        Tool.run(Repository.TOP, List.of("docker-compose", "--profile", "core", "config", "-q"));

    assertThat(result.output()).isEmpty();
    assertThat(result.status()).isZero();
  }
}
