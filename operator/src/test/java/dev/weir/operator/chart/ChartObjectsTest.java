package dev.weir.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the chart's objects say.
class ChartObjectsTest {
  @BeforeEach
  void requireHelm() {
    Tool.require("helm");
  }

  @Test
  void grantsNoAccessToSecretsOfTheClusterUnlessAsked() throws Exception {
    assertThat(clusterRules(Rendered.with())).noneMatch(ChartObjectsTest::onSecrets);
    assertThat(clusterRules(Rendered.with("--set", "rbac.secrets.clusterWide=true")))
        .filteredOn(ChartObjectsTest::onSecrets)
        .singleElement()
        .satisfies(rule -> assertThat(strings(rule.path("verbs"))).containsExactly("get"));
  }

  private static List<JsonNode> clusterRules(Rendered rendered) {
    var rules = new ArrayList<JsonNode>();
    rendered.one("ClusterRole", "weir-operator").path("rules").forEach(rules::add);
    return rules;
  }

  private static boolean onSecrets(JsonNode rule) {
    return strings(rule.path("resources")).contains("secrets");
  }

  @Test
  void bindsTheSecretsRoleInTheNamespacesNamed() throws Exception {
    Rendered rendered = Rendered.with("--set", "rbac.secrets.namespaces={team-a,team-b}");

    assertThat(rendered.ofKind("RoleBinding"))
        .filteredOn(o -> o.at("/roleRef/name").asText().equals("weir-pipeline-secrets"))
        .extracting(o -> o.at("/metadata/namespace").asText())
        .containsExactly("team-a", "team-b");
  }

  @Test
  void grantsNothingWithWildcards() throws Exception {
    Rendered rendered = Rendered.with();
    for (String kind : List.of("Role", "ClusterRole")) {
      for (JsonNode role : rendered.ofKind(kind)) {
        assertThat(role.path("rules").toString())
            .as(role.at("/metadata/name").asText())
            .doesNotContain("\"*\"");
      }
    }
  }

  @Test
  void runsInANamespaceThatIsRestricted() throws Exception {
    Rendered rendered = Rendered.with();
    for (JsonNode pod : List.of(pod(rendered.one("Deployment", "weir-operator")))) {
      JsonNode container = pod.at("/containers/0/securityContext");
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(strings(container.at("/capabilities/drop"))).containsExactly("ALL");
    }
  }

  private static JsonNode pod(JsonNode deployment) {
    return deployment.at("/spec/template/spec");
  }

  @Test
  void keepsOneOfTwoReplicasRunning() throws Exception {
    Rendered rendered = Rendered.with();

    assertThat(rendered.one("Deployment", "weir-operator").at("/spec/replicas").asInt())
        .isEqualTo(2);
    assertThat(
            rendered.one("PodDisruptionBudget", "weir-operator").at("/spec/maxUnavailable").asInt())
        .isEqualTo(1);
    assertThat(Rendered.with("--set", "replicas=1").ofKind("PodDisruptionBudget")).isEmpty();
  }

  @Test
  void takesImagesByRegistryTagAndDigest() throws Exception {
    String digest = "sha256:" + "0".repeat(64);
    assertThat(operatorImage()).isEqualTo("weir-operator:0.1.0");
    assertThat(operatorImage("--set", "global.imageRegistry=registry.example"))
        .isEqualTo("registry.example/weir-operator:0.1.0");
    assertThat(operatorImage("--set", "image.registry=own.example", "--set", "image.tag=v2"))
        .isEqualTo("own.example/weir-operator:v2");
    assertThat(operatorImage("--set", "image.digest=" + digest))
        .isEqualTo("weir-operator@" + digest);
  }

  private static String operatorImage(String... arguments) throws Exception {
    return pod(Rendered.with(arguments).one("Deployment", "weir-operator"))
        .at("/containers/0/image")
        .asText();
  }

  @Test
  void givesTheClassNoTagBesideADigest() throws Exception {
    String digest = "sha256:" + "1".repeat(64);
    JsonNode image =
        Rendered.with("--set", "agent.image.digest=" + digest)
            .one("LogAgentClass", "default")
            .at("/spec/image");

    assertThat(image.path("digest").asText()).isEqualTo(digest);
    assertThat(image.has("tag")).isFalse();
  }

  @Test
  void keepsTheClassAndItsNamespaceWhenTheReleaseGoes() throws Exception {
    Rendered rendered = Rendered.with();

    for (JsonNode object :
        List.of(
            rendered.one("LogAgentClass", "default"), rendered.one("Namespace", "weir-agents"))) {
      assertThat(object.at("/metadata/annotations/helm.sh~1resource-policy").asText())
          .isEqualTo("keep");
    }
  }

  @Test
  void mergesTheClassOfTheValuesOverItsOwn() throws Exception {
    JsonNode spec =
        Rendered.with("--set", "defaultClass.spec.access.journal=true")
            .one("LogAgentClass", "default")
            .path("spec");

    assertThat(spec.at("/access/journal").asBoolean()).isTrue();
    assertThat(spec.path("namespace").asText()).isEqualTo("weir-agents");
  }

  @Test
  void opensTheClassToAllNamespacesOrToThoseSelected() throws Exception {
    assertThat(selector(Rendered.with()).isObject()).isTrue();
    assertThat(selector(Rendered.with()).isEmpty()).isTrue();
    assertThat(
            selector(
                    Rendered.with(
                        "--set", "defaultClass.spec.tenants.namespaceSelector.matchLabels.logs=on"))
                .at("/matchLabels/logs")
                .asText())
        .isEqualTo("on");
  }

  private static JsonNode selector(Rendered rendered) {
    return rendered.one("LogAgentClass", "default").at("/spec/tenants/namespaceSelector");
  }

  private static List<String> strings(JsonNode list) {
    var strings = new ArrayList<String>();
    list.forEach(item -> strings.add(item.asText()));
    return strings;
  }
}
