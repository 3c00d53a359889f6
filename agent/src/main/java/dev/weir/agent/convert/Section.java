package dev.weir.agent.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A mapping of a YAML document whose fields are taken one by one; what nobody takes is unknown.
///
/// Reading never fails: what is of the wrong kind is a critical finding and counts as absent. For
/// one thread.
final class Section {
  private final String name;
  private final Node node;
  private final Findings findings;
  private final Map<String, Node> left = new LinkedHashMap<>();

  private Section(String name, Node node, Findings findings) {
    this.name = name;
    this.node = node;
    this.findings = findings;
  }

  /// @param name for messages
  static Section of(String name, Node node, Findings findings) {
    var section = new Section(name, node, findings);
    if (node.isTwoStepsConstruction()) {
      findings.critical(node, name + " contains itself");
    } else if (node instanceof MappingNode mapping) {
      section.fill(mapping);
    } else if (!isNull(node)) {
      findings.critical(node, name + " must be a mapping");
    }
    return section;
  }

  private void fill(MappingNode mapping) {
    List<Node> merged = new ArrayList<>();
    for (NodeTuple field : mapping.getValue()) {
      if (field.getKeyNode().getTag().equals(Tag.MERGE)) {
        merged.add(field.getValueNode());
      } else if (!(field.getKeyNode() instanceof ScalarNode key)) {
        findings.critical(field.getKeyNode(), "keys of " + name + " must be text");
      } else if (left.put(key.getValue(), field.getValueNode()) != null) {
        findings.critical(key, "field " + key.getValue() + " is given twice in " + name);
      }
    }
    for (Node one : merged) {
      for (Node part : one instanceof SequenceNode ? elements(name, one) : List.of(one)) {
        of(name, part, findings).left.forEach(left::putIfAbsent);
      }
    }
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  Node node() {
    return node;
  }

  Findings findings() {
    return findings;
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  boolean has(String field) {
    Node value = left.get(field);
    return value != null && !isNull(value);
  }

  /// Whether the field is there, if only as null.
  boolean contains(String field) {
    return left.containsKey(field);
  }

  /// Takes a field; absent and null are the same.
  Optional<Node> take(String field) {
    Node value = left.remove(field);
    return value == null || isNull(value) ? Optional.empty() : Optional.of(value);
  }

  /// Takes all fields that are left, nulls included.
  Map<String, Node> takeAll() {
    Map<String, Node> all = new LinkedHashMap<>(left);
    left.clear();
    return all;
  }

  /// Takes a mapping.
  Optional<Section> section(String field) {
    return take(field).map(value -> of(field, value, findings));
  }

  /// Takes a list of mappings.
  List<Section> sections(String field) {
    List<Section> all = new ArrayList<>();
    for (Node element : elements(field)) {
      all.add(of(field, element, findings));
    }
    return all;
  }

  /// Takes a list.
  List<Node> elements(String field) {
    return take(field).map(value -> elements(field, value)).orElse(List.of());
  }

  private List<Node> elements(String field, Node value) {
    if (value.isTwoStepsConstruction()) {
      findings.critical(value, field + " contains itself");
      return List.of();
    }
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    findings.critical(value, field + " must be a list");
    return List.of();
  }

  /// Takes a text.
  Optional<String> text(String field) {
    return take(field).map(value -> scalar(field, value));
  }

  /// Takes one text or a list of them.
  List<String> textOrTexts(String field) {
    if (!(left.get(field) instanceof SequenceNode)) {
      return text(field).stream().toList();
    }
    return elements(field).stream()
        .flatMap(element -> Optional.ofNullable(scalar(field, element)).stream())
        .toList();
  }

  /// Takes a mapping of texts, in its order; null stands for the empty text.
  Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    section(field)
        .ifPresent(section ->
            section
                .takeAll()
                .forEach((key, value) -> {
                  String text = isNull(value) ? "" : scalar(field, value);
                  if (text != null) {
                    texts.put(key, text);
                  }
                }));
    return texts;
  }

  @Nullable String scalar(String field, Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    findings.critical(value, field + " must be a single value");
    return null;
  }

  /// Makes what is left a finding each: Promtail would not have started with it.
  void close() {
    left.forEach(
        (field, value) -> findings.critical(value, "field " + field + " not found in " + name));
    left.clear();
  }
}
