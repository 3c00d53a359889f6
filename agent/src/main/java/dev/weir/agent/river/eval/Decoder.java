package dev.weir.agent.river.eval;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import java.util.List;

/// Decodes blocks into records of arguments, and records of exports into values.
///
/// Record components are named in snake case ([Name] overrides); see [Default], [BlockField],
/// [BlockFamilyField], [Squash], [Label], [FromText]. What a record's compact constructor throws as
/// `IllegalArgumentException` is the user's error. A component of type [Value] takes anything.
///
/// Thread-safe.
public final class Decoder {
  private Decoder() {}

  /// Evaluates the body of a block and makes a record of it; stops at the first error.
  ///
  /// @throws DiagnosticsException with the error; one without a place of its own has no span
  public static <R extends Record> R decode(Block block, Class<R> type, Scope scope)
      throws DiagnosticsException {
    return type.cast(new BlockDecoder(scope).decode(block, type));
  }

  /// Every error that can be seen without evaluating references: names, required ones, repetition,
  /// form, literal values of a wrong type, and what records say about arguments that are all
  /// literal. Each has its place.
  public static List<Diagnostic> check(Block block, Class<? extends Record> type) {
    return BlockChecker.check(block, type);
  }

  /// The value of a record, such as exports: an object with a field per component. Text may be
  /// null, lists and maps are copied.
  public static Value encode(Record record) {
    return Encoder.record(record);
  }
}
