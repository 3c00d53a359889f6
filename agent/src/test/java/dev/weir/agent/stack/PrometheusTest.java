package dev.weir.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusTest {
  private static final Path CONFIG = Repository.TOP.resolve("config/prometheus");

  @BeforeEach
  void requireTool() {
    Tool.require("promtool");
  }

  @Test
  void isConfiguredRightly() throws Exception {
    Tool.Result result = Tool.run(CONFIG, List.of("promtool", "check", "config", "prometheus.yml"));

    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void raisesItsAlarmsWhenItShould() throws Exception {
    Tool.Result result =
        Tool.run(CONFIG.resolve("tests"), List.of("promtool", "test", "rules", "rules_test.yml"));

    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void testsEveryAlarm() throws Exception {
    String tests = Repository.text("config/prometheus/tests/rules_test.yml");

    for (String file : List.of("agent.yml", "containers.yml")) {
      Repository.tree("config/prometheus/rules/" + file)
          .path("groups")
          .forEach(group ->
              group
                  .path("rules")
                  .forEach(rule ->
                      assertThat(tests).contains("alertname: " + rule.path("alert").asText())));
    }
  }
}
