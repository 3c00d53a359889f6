package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlloyJsonTest {
  private record Debug(Instant since, List<Long> offsets, @Nullable String error) {}

  @Test
  void showsValuesWithTheirTypes() {
    Scope scope = Texts.scope("secret", new Secret("hush"));

    assertThat(
            AlloyJson.value(
                    Texts.evaluate("[1, 1.5, \"a\", true, null, {k = secret}, string.join]", scope))
                .toString())
        .isEqualTo(
            "{\"type\":\"array\",\"value\":["
                + "{\"type\":\"number\",\"value\":1},"
                + "{\"type\":\"number\",\"value\":1.5},"
                + "{\"type\":\"string\",\"value\":\"a\"},"
                + "{\"type\":\"bool\",\"value\":true},"
                + "{\"type\":\"null\",\"value\":null},"
                + "{\"type\":\"object\",\"value\":[{\"key\":\"k\","
                + "\"value\":{\"type\":\"capsule\",\"value\":\"(secret)\"}}]},"
                + "{\"type\":\"function\",\"value\":\"function\"}]}");
  }

  @Test
  void showsWhatDiffersFromTheDefaults() {
    Sample.Outer outer =
        Texts.decode(
            Sample.Outer.class,
            """
            url = "u"
            timeout = "1m"
            auth {
              credentials = "hush"
            }
            rule "one" {
              action = "keep"
            }
            """);

    assertThat(AlloyJson.body(outer).toString())
        .isEqualTo(
            "[{\"name\":\"url\",\"type\":\"attr\",\"value\":{\"type\":\"string\",\"value\":\"u\"}},"
                + "{\"name\":\"auth\",\"type\":\"block\",\"body\":[{\"name\":\"credentials\","
                + "\"type\":\"attr\",\"value\":{\"type\":\"capsule\",\"value\":\"(secret)\"}}]},"
                + "{\"name\":\"rule\",\"type\":\"block\",\"label\":\"one\",\"body\":[{\"name\":"
                + "\"action\",\"type\":\"attr\",\"value\":{\"type\":\"string\",\"value\":\"keep\"}"
                + "}]},{\"name\":\"timeout\",\"type\":\"attr\",\"value\":{\"type\":\"string\","
                + "\"value\":\"1m0s\"}}]");
  }

  @Test
  void namesTheBlocksOfAFamily() {
    Sample.Pipeline pipeline =
        new Sample.Pipeline(List.of(new NamedBlock("json", new Sample.Json(Map.of()))));

    assertThat(AlloyJson.body(pipeline).get(0).get("name").asText()).isEqualTo("stage.json");
  }

  @Test
  void showsRecordsThatNoConfigurationCouldGive() {
    var debug = new Debug(Instant.EPOCH, List.of(5L), null);

    assertThat(AlloyJson.body(debug).toString())
        .isEqualTo(
            "[{\"name\":\"since\",\"type\":\"attr\",\"value\":{\"type\":\"string\",\"value\":"
                + "\"1970-01-01T00:00:00Z\"}},{\"name\":\"offsets\",\"type\":\"attr\",\"value\":"
                + "{\"type\":\"array\",\"value\":[{\"type\":\"number\",\"value\":5}]}}]");
  }
}
