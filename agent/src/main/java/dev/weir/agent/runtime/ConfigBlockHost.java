package dev.weir.agent.runtime;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.Scope;
import org.jspecify.annotations.Nullable;

/// A config block and its arguments in force.
final class ConfigBlockHost<A extends Record> implements Subject {
  private final ConfigBlockType<A> type;
  private @Nullable A arguments;

  ConfigBlockHost(ConfigBlockType<A> type) {
    this.type = type;
  }

  @Override
  public void apply(Block block, Scope scope) throws DiagnosticsException {
    Decoding decoding = Decoding.ofConfigBlock(block);
    A decoded = decoding.decode(type.arguments(), scope);
    if (arguments != null && decoded.equals(arguments)) {
      return;
    }
    try {
      type.applier().apply(decoded);
    } catch (ComponentException unusable) {
      throw decoding.failed("", unusable);
    }
    arguments = decoded;
  }
}
