package dev.weir.agent.convert;

import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/// The kinds of fields.
final class Fields {
  private Fields() {}

  /// One value: nothing after it has made a finding.
  @FunctionalInterface
  interface Reading {
    Optional<Expression> of(Section section, String field, Node value);
  }

  private static Field attribute(String yaml, String river, Reading reading) {
    return (section, into) ->
        section
            .take(yaml)
            .flatMap(value -> reading.of(section, yaml, value))
            .ifPresent(value -> into.add(Synthetic.attribute(river, value)));
  }

  static Field text(String name) {
    return text(name, name);
  }

  static Field text(String yaml, String river) {
    return attribute(yaml, river, Scalars::text);
  }

  static Field bool(String name) {
    return bool(name, name);
  }

  static Field bool(String yaml, String river) {
    return attribute(yaml, river, Scalars::bool);
  }

  static Field number(String name) {
    return number(name, name);
  }

  static Field number(String yaml, String river) {
    return attribute(yaml, river, Scalars::number);
  }

  /// A duration, as Go or as Prometheus writes it.
  static Field duration(String name) {
    return duration(name, name);
  }

  static Field duration(String yaml, String river) {
    return attribute(yaml, river, Scalars::duration);
  }

  /// A list of texts, or one text.
  static Field list(String name) {
    return list(name, name);
  }

  static Field list(String yaml, String river) {
    return attribute(yaml, river, Scalars::list);
  }

  /// A mapping of texts, of which null stands for the empty one.
  static Field map(String name) {
    return map(name, name);
  }

  static Field map(String yaml, String river) {
    return (section, into) -> {
      if (section.has(yaml)) {
        into.add(Synthetic.attribute(river, Scalars.object(section.texts(yaml))));
      }
    };
  }

  static Field block(String name, Field... fields) {
    return (section, into) ->
        section
            .section(name)
            .ifPresent(inner -> into.add(Synthetic.block(name, null, statements(inner, fields))));
  }

  /// Several fields as one.
  static Field all(Field... fields) {
    return (section, into) -> {
      for (Field field : fields) {
        field.convert(section, into);
      }
    };
  }

  /// A field for which the result has no place.
  ///
  /// @param reason follows the field's name
  static Field unsupported(String name, String reason) {
    return (section, into) ->
        section.take(name).ifPresent(value -> section.findings().error(value, name + " " + reason));
  }

  /// A field without a counterpart, whose absence few will notice.
  static Field ignored(String name, String reason) {
    return (section, into) ->
        section
            .take(name)
            .ifPresent(value -> section.findings().warning(value, name + " " + reason));
  }

  /// The statements of a whole section; what the fields leave is unknown.
  static List<Statement> statements(Section section, Field... fields) {
    List<Statement> statements = new ArrayList<>();
    for (Field field : fields) {
      field.convert(section, statements);
    }
    section.close();
    return statements;
  }
}
