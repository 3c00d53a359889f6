package dev.weir.agent.river;

import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Index;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.ObjectExpression;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Expression.Unary;
import java.util.List;

/// Spells a tree that comes from no file, with line ends where a person would put them; the
/// formatter does the rest.
final class Draft {
  private static final int MAX_LINE = 80;

  private final StringBuilder out = new StringBuilder();

  private Draft() {}

  static String of(Body body) {
    Draft draft = new Draft();
    draft.append(body.statements());
    return draft.out.toString();
  }

  static String of(Expression expression) {
    Draft draft = new Draft();
    draft.append(expression);
    return draft.out.toString();
  }

  private void append(List<Statement> statements) {
    boolean afterBlock = false;
    for (Statement statement : statements) {
      if (afterBlock) {
        out.append('\n');
      }
      switch (statement) {
        case Attribute attribute -> {
          out.append(attribute.name()).append(" = ");
          append(attribute.value());
        }
        case Block block -> append(block);
      }
      out.append('\n');
      afterBlock = statement instanceof Block;
    }
  }

  private void append(Block block) {
    out.append(block.fullName());
    if (block.label() != null) {
      out.append(" \"").append(block.label()).append('"');
    }
    out.append(" {\n");
    append(block.body().statements());
    out.append('}');
  }

  private void append(Expression expression) {
    switch (expression) {
      case Literal literal -> out.append(literal.text());
      case Identifier identifier -> out.append(identifier.name());
      case ArrayExpression array -> appendList("[", array.elements(), "]");
      case ObjectExpression object -> append(object);
      case Access access -> {
        append(access.value());
        // The blank keeps a number and the dot apart.
        out.append(access.value() instanceof Literal ? " ." : ".").append(access.name());
      }
      case Index index -> {
        append(index.value());
        appendList("[", List.of(index.index()), "]");
      }
      case Call call -> {
        append(call.function());
        appendList("(", call.arguments(), ")");
      }
      case Unary unary -> {
        out.append(unary.operator());
        append(unary.operand());
      }
      case Binary binary -> {
        append(binary.left());
        out.append(' ').append(binary.operator()).append(' ');
        append(binary.right());
      }
      case Parenthesized group -> appendList("(", List.of(group.inner()), ")");
    }
  }

  /// On one line, or if that gets long and there are several elements, on a line each.
  private void appendList(String open, List<Expression> elements, String close) {
    List<String> spellings = elements.stream().map(Draft::of).toList();
    int length = spellings.stream().mapToInt(s -> s.length() + 2).sum();
    boolean lines =
        elements.size() > 1
            && (length > MAX_LINE || spellings.stream().anyMatch(s -> s.indexOf('\n') >= 0));
    out.append(open);
    if (lines) {
      out.append('\n');
      spellings.forEach(s -> out.append(s).append(",\n"));
    } else {
      out.append(String.join(", ", spellings));
    }
    out.append(close);
  }

  private void append(ObjectExpression object) {
    if (object.fields().isEmpty()) {
      out.append("{}");
      return;
    }
    out.append("{\n");
    for (ObjectField field : object.fields()) {
      out.append(field.quoted() ? ObjectKey.quote(field.name()) : field.name()).append(" = ");
      append(field.value());
      out.append(",\n");
    }
    out.append('}');
  }
}
