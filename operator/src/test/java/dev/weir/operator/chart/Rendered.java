package dev.weir.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The objects that Helm makes of the chart.
///
/// @param objects in the order of the text
record Rendered(List<JsonNode> objects) {
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /// Renders with arguments of `helm template`, as of the namespace `weir-system`.
  static Rendered with(String... arguments) throws IOException, InterruptedException {
    Tool.Result result = template(arguments);
    assertThat(result.status()).as(result.errors()).isZero();
    return new Rendered(parse(result.output()));
  }

  static Tool.Result template(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of("helm", "template", "weir", "charts/weir", "-n", "weir-system"));
    command.addAll(List.of(arguments));
    return Tool.run(command);
  }

  static List<JsonNode> parse(String yaml) throws IOException {
    var objects = new ArrayList<JsonNode>();
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      values.forEachRemaining(objects::add);
    }
    objects.removeIf(object -> !object.isObject());
    return objects;
  }

  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  /// The one object of this kind and name.
  JsonNode one(String kind, String name) {
    List<JsonNode> found =
        ofKind(kind).stream()
            .filter(object -> object.at("/metadata/name").asText().equals(name))
            .toList();
    assertThat(found).as(kind + " " + name).hasSize(1);
    return found.getFirst();
  }

  List<String> names() {
    return objects.stream()
        .map(object -> object.path("kind").asText() + " " + object.at("/metadata/name").asText())
        .toList();
  }
}
