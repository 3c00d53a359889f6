package dev.weir.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.agent.logql.Selector;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.template.Template;
import dev.weir.agent.template.TemplateException;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What is given as text is a text in every language that the renderer writes.
class EscapingPropertyTest {
  @Provide
  Arbitrary<String> texts() {
    return HostileTexts.whole();
  }

  @Property(tries = 500)
  void aStringOfASelectorIsTheText(@ForAll("texts") String text) {
    String selector =
        new LogqlText().label("a", "=", text).label("b", "!=", text).line("|=", text).text();

    Selector parsed = Selector.parse(selector);

    assertThat(parsed.matches(Labels.of(Map.of("a", text, "b", text + "x")))).isTrue();
    assertThat(parsed.matches(Labels.of(Map.of("a", text + "x", "b", text + "x")))).isFalse();
    assertThat(parsed.matches(Labels.of(Map.of("a", text, "b", text)))).isFalse();
  }

  @Property(tries = 500)
  void alternativesMatchTheirTextsAlone(@ForAll("texts") String one, @ForAll("texts") String two) {
    GoRegex regex = GoRegex.compileAnchored(RegexText.anyOf(List.of(one, two)));

    assertThat(regex.find(one)).isTrue();
    assertThat(regex.find(two)).isTrue();
    assertThat(regex.find(one + "\u0001x")).isEqualTo((one + "\u0001x").equals(two));
  }

  @Property(tries = 500)
  void aTemplateMakesTheText(@ForAll("texts") String text) throws TemplateException {
    assertThat(Template.parse(TemplateText.literal(text)).execute(Map.of())).isEqualTo(text);
  }

  @Property(tries = 500)
  void aTemplateFindsTheField(@ForAll("texts") String text) throws TemplateException {
    String template = "{{ " + TemplateText.field(text) + " }}";

    assertThat(Template.parse(template).execute(Map.of(text, "found"))).isEqualTo("found");
  }

  @Property(tries = 500)
  void aPathFindsTheField(@ForAll("texts") String text) {
    JsonNode object = JsonNodeFactory.instance.objectNode().put(text, "found");

    assertThat(new JacksonRuntime().compile(JmesText.field(text)).search(object).asText())
        .isEqualTo("found");
  }
}
