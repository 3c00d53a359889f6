package dev.weir.agent.runtime;

import dev.weir.agent.component.ComponentType;
import dev.weir.agent.river.Block;

/// A block of the configuration whose type is known.
sealed interface Definition {
  /// Unique in the configuration: `loki.write.default`, `logging`.
  String id();

  Block block();

  Class<? extends Record> arguments();

  record OfComponent(Block block, ComponentType<?> type) implements Definition {
    @Override
    public String id() {
      return block.id();
    }

    @Override
    public Class<? extends Record> arguments() {
      return type.arguments();
    }
  }

  record OfConfigBlock(Block block, ConfigBlockType<?> type) implements Definition {
    @Override
    public String id() {
      return type.name();
    }

    @Override
    public Class<? extends Record> arguments() {
      return type.arguments();
    }
  }
}
