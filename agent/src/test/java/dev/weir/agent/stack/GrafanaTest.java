package dev.weir.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GrafanaTest {
  private static final String DASHBOARD =
      "config/grafana/dashboards/observability-stack-health.json";

  private static JsonNode dataSource(String uid) throws IOException {
    for (JsonNode source :
        Repository.tree("config/grafana/provisioning/datasources/datasources.yaml")
            .path("datasources")) {
      if (source.path("uid").asText().equals(uid)) {
        return source;
      }
    }
    throw new AssertionError("no data source " + uid);
  }

  @Test
  void linksATraceIdToTheTraces() throws IOException {
    JsonNode fields = dataSource("loki").path("jsonData").path("derivedFields");

    assertThat(fields).hasSize(2);
    for (JsonNode field : fields) {
      assertThat(dataSource(field.path("datasourceUid").asText()).path("type").asText())
          .isEqualTo("tempo");
    }
    Matcher found =
        Pattern.compile(fields.get(0).path("matcherRegex").asText())
            .matcher("{\"msg\":\"x\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}");
    assertThat(found.find()).isTrue();
    assertThat(found.group(1)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void showsAgentPipelineAndLoki() throws IOException {
    JsonNode dashboard = Repository.tree(DASHBOARD);
    List<String> rows = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      if (panel.path("type").asText().equals("row")) {
        rows.add(panel.path("title").asText());
      }
    }

    assertThat(dashboard.path("title").asText()).isEqualTo("Observability Stack Health");
    assertThat(rows).contains("Agent", "Pipeline", "Loki");
  }

  @Test
  void asksOnlyDataSourcesThatExist() throws IOException {
    for (JsonNode panel : Repository.tree(DASHBOARD).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        JsonNode used = target.path("datasource");
        assertThat(dataSource(used.path("uid").asText()).path("type")).isEqualTo(used.path("type"));
      }
    }
  }
}
