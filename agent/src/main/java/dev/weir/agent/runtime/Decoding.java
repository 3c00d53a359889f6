package dev.weir.agent.runtime;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.Scope;

/// Decodes a block's arguments, and gives errors without a place that of the whole block.
///
/// @param prefix what such an error says first
record Decoding(Block block, String prefix) {
  static Decoding ofComponent(Block block) {
    return new Decoding(block, "Failed to build component: ");
  }

  static Decoding ofConfigBlock(Block block) {
    return new Decoding(block, "Failed to evaluate node for config block: ");
  }

  <A extends Record> A decode(Class<A> type, Scope scope) throws DiagnosticsException {
    try {
      return Decoder.decode(block, type, scope);
    } catch (DiagnosticsException invalid) {
      throw new DiagnosticsException(invalid.diagnostics().stream().map(this::placed).toList());
    }
  }

  /// An error of the whole block, about a step that follows decoding.
  DiagnosticsException failed(String step, Throwable cause) {
    String reason = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    var failure = new DiagnosticsException(Diagnostic.error(block.span(), prefix + step + reason));
    failure.initCause(cause);
    return failure;
  }

  private Diagnostic placed(Diagnostic error) {
    if (error.span() != null) {
      return error;
    }
    String message = prefix + "decoding configuration: " + error.message();
    return new Diagnostic(error.severity(), block.span(), message, error.value());
  }
}
