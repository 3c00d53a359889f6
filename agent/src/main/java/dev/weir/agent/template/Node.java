package dev.weir.agent.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parsed part of a template.
sealed interface Node {
  record Text(String text) implements Node {}

  record Action(Pipe pipe) implements Node {}

  /// `if` or `with`.
  record Branch(boolean with, Pipe pipe, List<Node> then, List<Node> otherwise) implements Node {}

  record Range(Pipe pipe, List<Node> body, List<Node> otherwise) implements Node {}

  record Leave(boolean again) implements Node {}

  record Call(String name, @Nullable Pipe pipe) implements Node {}

  /// Commands, each fed into the next.
  ///
  /// @param variables set to the result
  /// @param declares whether they are new
  record Pipe(List<String> variables, boolean declares, List<List<Operand>> commands) {}

  /// What a command is made of.
  sealed interface Operand {
    record Dot() implements Operand {}

    record Nil() implements Operand {}

    record Constant(Object value) implements Operand {}

    record Function(String name) implements Operand {}

    record Variable(String name) implements Operand {}

    record Inner(Pipe pipe) implements Operand {}

    /// Fields of something, one after the other.
    record Fields(Operand of, List<String> names) implements Operand {}
  }
}
