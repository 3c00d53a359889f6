package dev.weir.agent.river.eval;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import java.util.List;

/// Decodes blocks into records of arguments, and records of exports into values.
///
/// Record components are named in snake case ([Name] overrides); see [Default], [BlockField],
/// [BlockFamilyField], [Squash], [Label], [FromText]. What a record's compact constructor throws as
/// `IllegalArgumentException` is the user's error.
///
/// Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class Decoder {
  private Decoder() {}

  /// Evaluates the body of a block and makes a record of it; stops at the first error.
  ///
  /// @throws DiagnosticsException with the error; one without a place of its own has no span
  public static <R extends Record> R decode(Block block, Class<R> type, Scope scope)
      throws DiagnosticsException {
    throw new UnsupportedOperationException(block.id() + type + scope);
  }

  /// Every error that can be seen without evaluating references: names, required ones, repetition,
  /// form, and literal values of a wrong type.
  public static List<Diagnostic> check(Block block, Class<? extends Record> type) {
    throw new UnsupportedOperationException(block.id() + type);
  }

  /// The value of a record, such as exports: an object with a field per component.
  public static Value encode(Record record) {
    throw new UnsupportedOperationException(record.toString());
  }
}
