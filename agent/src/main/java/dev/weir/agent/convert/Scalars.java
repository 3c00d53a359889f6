package dev.weir.agent.convert;

import dev.weir.agent.go.GoDuration;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Values of YAML as expressions of River; one of the wrong kind is a critical finding.
final class Scalars {
  private Scalars() {}

  static Optional<Expression> text(Section section, String field, Node value) {
    return Optional.ofNullable(section.scalar(field, value)).map(Synthetic::string);
  }

  static Optional<Expression> bool(Section section, String field, Node value) {
    String text = section.scalar(field, value);
    if (text == null) {
      return Optional.empty();
    }
    return switch (text) {
      case "true", "yes", "on" -> Optional.of(Synthetic.bool(true));
      case "false", "no", "off" -> Optional.of(Synthetic.bool(false));
      default -> wrong(section, field, value, "true or false");
    };
  }

  static Optional<Expression> number(Section section, String field, Node value) {
    String text = section.scalar(field, value);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.matches("[+-]?[0-9]+")
              ? Synthetic.number(Long.parseLong(text))
              : Synthetic.number(Double.parseDouble(text)));
    } catch (IllegalArgumentException e) {
      return wrong(section, field, value, "a number");
    }
  }

  static Optional<Expression> duration(Section section, String field, Node value) {
    String text = section.scalar(field, value);
    if (text == null) {
      return Optional.empty();
    }
    Optional<Expression> duration =
        Durations.parse(text).map(known -> Synthetic.string(GoDuration.format(known)));
    return duration.isPresent()
        ? duration
        : wrong(section, field, value, "a duration such as \"10s\"");
  }

  /// A list of texts; a single text is a list of one.
  static Optional<Expression> list(Section section, String field, Node value) {
    List<Node> elements =
        value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    List<Expression> texts = new ArrayList<>();
    for (Node element : elements) {
      text(section, field, element).ifPresent(texts::add);
    }
    return Optional.of(Synthetic.array(texts));
  }

  /// An object of texts.
  static Expression object(Map<String, String> texts) {
    Map<String, Expression> fields = new LinkedHashMap<>();
    texts.forEach((key, value) -> fields.put(key, Synthetic.string(value)));
    return Synthetic.object(fields);
  }

  private static Optional<Expression> wrong(
      Section section, String field, Node value, String wanted) {
    section.findings().critical(value, field + " must be " + wanted);
    return Optional.empty();
  }
}
