package dev.weir.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.PipelineSpec;
import dev.weir.operator.render.RenderInput.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// No text of a pipeline, in whatever field, changes the structure of its River: it is refused, or
/// it stands in the place of the harmless text that was there before, and means itself.
class InjectionPropertyTest {
  private static final ObjectMapper JSON = new YAMLMapper();
  private static final JsonNode TENANTS = read(SpecTexts.TENANTS);
  private static final JsonNode CLUSTERS = read(SpecTexts.CLUSTERS);
  private static final LogAgentClass AGENTS = agents();
  private static final Rendered OF_TENANTS = render(false, TENANTS);
  private static final Rendered OF_CLUSTERS = render(true, CLUSTERS);

  /// A text field of one of the two pipelines.
  record Field(boolean cluster, JsonPointer at) {
    @Override
    public String toString() {
      return (cluster ? "cluster " : "") + at;
    }
  }

  @Provide
  Arbitrary<Field> fields() {
    List<Field> fields = new ArrayList<>();
    collect(TENANTS, JsonPointer.empty(), false, fields);
    collect(CLUSTERS, JsonPointer.empty(), true, fields);
    return Arbitraries.of(fields);
  }

  @Provide
  Arbitrary<String> texts() {
    return HostileTexts.whole();
  }

  @Provide
  Arbitrary<String> broken() {
    return HostileTexts.broken();
  }

  @Property(tries = 250)
  void noTextChangesTheStructure(@ForAll("fields") Field field, @ForAll("texts") String text) {
    Rendered harmless = field.cluster() ? OF_CLUSTERS : OF_TENANTS;
    Rendered hostile;
    try {
      hostile = render(field.cluster(), with(field, text));
    } catch (IllegalArgumentException notOneOfAnEnum) {
      return;
    }
    assertThat(harmless.problems()).isEmpty();
    if (hostile.ok()) {
      TreeShape before = TreeShape.of(harmless.text());
      TreeShape after = TreeShape.of(hostile.text());
      assertThat(after.shape()).isEqualTo(before.shape());
      assertMeansItself(before.texts(), after.texts(), old(field), text);
    }
  }

  /// Wherever the old text stood as a whole, the new one stands as a whole.
  private static void assertMeansItself(
      List<String> before, List<String> after, String old, String text) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).equals(old) && !after.get(i).equals(before.get(i))) {
        assertThat(after.get(i)).isEqualTo(text);
      }
    }
  }

  @Property(tries = 60)
  void halfACharacterIsRefused(@ForAll("fields") Field field, @ForAll("broken") String text) {
    try {
      assertThat(render(field.cluster(), with(field, text)).ok()).isFalse();
    } catch (IllegalArgumentException notOneOfAnEnum) {
      assertThat(old(field)).isNotEqualTo(text);
    }
  }

  private static Rendered render(boolean cluster, JsonNode spec) {
    PipelineSpec decoded = JSON.convertValue(spec, PipelineSpec.class);
    return Renderer.render(
        new RenderInput(
            cluster ? Kind.CLUSTER_LOG_PIPELINE : Kind.LOG_PIPELINE,
            cluster ? "" : "team-a",
            "shop",
            "1-2",
            decoded,
            AGENTS.getSpec(),
            Map.of()));
  }

  private static JsonNode with(Field field, String text) {
    JsonNode copy = (field.cluster() ? CLUSTERS : TENANTS).deepCopy();
    JsonNode parent = copy.at(field.at().head());
    if (parent instanceof ArrayNode list) {
      list.set(field.at().last().getMatchingIndex(), TextNode.valueOf(text));
    } else {
      ((ObjectNode) parent).put(field.at().last().getMatchingProperty(), text);
    }
    return copy;
  }

  private static String old(Field field) {
    return (field.cluster() ? CLUSTERS : TENANTS).at(field.at()).asText();
  }

  private static void collect(JsonNode node, JsonPointer at, boolean cluster, List<Field> fields) {
    if (node.isTextual()) {
      fields.add(new Field(cluster, at));
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              one -> collect(one.getValue(), at.appendProperty(one.getKey()), cluster, fields));
    } else {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), at.appendIndex(i), cluster, fields);
      }
    }
  }

  private static JsonNode read(String yaml) {
    try {
      return JSON.readTree(yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LogAgentClass agents() {
    try {
      return JSON.readValue(SpecTexts.AGENTS, LogAgentClass.class);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
