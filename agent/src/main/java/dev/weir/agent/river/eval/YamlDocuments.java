package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// Reads YAML with its anchors and merges, scalars as Go's yaml.v3 understands them.
///
/// Works on the tree of nodes: Jackson gives neither anchors nor merges.
final class YamlDocuments {
  private static final int DEEPEST = 100;

  /// Marks scalars that have no quotes and no tag, which alone are more than text.
  private static final Tag PLAIN = new Tag("!plain");

  private static final Resolver RESOLVER =
      new Resolver() {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
          return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, implicit);
        }
      };

  /// The nodes around the one that is being read.
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private int elements;

  private YamlDocuments() {}

  /// The value of the first document, null of none.
  ///
  /// @throws IllegalArgumentException when it is not YAML, contains itself, or is too large
  static Value parse(String text) {
    Limits.text(text.length());
    var options = new LoaderOptions();
    options.setCodePointLimit(Limits.TEXT);
    options.setNestingDepthLimit(DEEPEST);
    try {
      var parser = new ParserImpl(new StreamReader(text), options);
      var composer = new Composer(parser, RESOLVER, options);
      return composer.checkNode() ? new YamlDocuments().value(composer.getNode()) : new NullValue();
    } catch (MarkedYAMLException e) {
      // The message would quote the document, which may hold a secret.
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new IllegalArgumentException("invalid YAML at line " + line);
    } catch (YAMLException e) {
      throw new IllegalArgumentException("invalid YAML");
    }
  }

  private Value value(Node node) {
    Limits.elements(++elements);
    if (!open.add(node)) {
      throw invalid(node, "anchor's value contains itself");
    }
    Value value =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence -> sequence(sequence);
          case MappingNode mapping -> mapping(mapping);
          default -> throw invalid(node, "unknown node");
        };
    open.remove(node);
    return value;
  }

  private static Value scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(PLAIN) || tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL)) {
      return YamlScalars.value(scalar.getValue());
    }
    return tag.equals(Tag.NULL) ? new NullValue() : new StringValue(scalar.getValue());
  }

  private Value sequence(SequenceNode sequence) {
    List<Value> values = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      values.add(value(element));
    }
    return new ArrayValue(values);
  }

  private Value mapping(MappingNode mapping) {
    Map<String, Value> fields = new LinkedHashMap<>();
    merge(mapping, fields);
    own(mapping, fields);
    return new ObjectValue(Collections.unmodifiableMap(fields));
  }

  /// Takes over the fields of the mappings that a mapping merges; the first one wins.
  private void merge(MappingNode mapping, Map<String, Value> fields) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (merges(tuple.getKeyNode())) {
        Node merged = tuple.getValueNode();
        List<Node> parts =
            merged instanceof SequenceNode sequence ? sequence.getValue() : List.of(merged);
        for (Node part : parts) {
          if (!(value(part) instanceof ObjectValue object)) {
            throw invalid(part, "map merge requires map or sequence of maps as the value");
          }
          object.fields().forEach(fields::putIfAbsent);
        }
      }
    }
  }

  private void own(MappingNode mapping, Map<String, Value> fields) {
    Map<String, Node> seen = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!merges(tuple.getKeyNode())) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw invalid(tuple.getKeyNode(), "keys must be text");
        }
        if (seen.put(key.getValue(), key) != null) {
          throw invalid(key, "mapping key is already defined");
        }
        fields.put(key.getValue(), value(tuple.getValueNode()));
      }
    }
  }

  private static boolean merges(Node key) {
    return key instanceof ScalarNode scalar
        && (scalar.getTag().equals(PLAIN) || scalar.getTag().equals(Tag.MERGE))
        && scalar.getValue().equals("<<");
  }

  private static IllegalArgumentException invalid(Node node, String reason) {
    return new IllegalArgumentException(
        "invalid YAML at line " + (node.getStartMark().getLine() + 1) + ": " + reason);
  }
}
