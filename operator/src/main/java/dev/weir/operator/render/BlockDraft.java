package dev.weir.operator.render;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A block in the making. Texts become string literals, whatever is in them.
final class BlockDraft {
  private final String name;
  private final @Nullable String label;
  private final List<Statement> statements = new ArrayList<>();

  private BlockDraft(String name, @Nullable String label) {
    this.name = name;
    this.label = label;
  }

  static BlockDraft block(String name) {
    return new BlockDraft(name, null);
  }

  /// @param label made by the generator, never of a user
  static BlockDraft block(String name, String label) {
    return new BlockDraft(name, label);
  }

  BlockDraft text(String attribute, String value) {
    return value(attribute, Synthetic.string(value));
  }

  BlockDraft number(String attribute, long value) {
    return value(attribute, Synthetic.number(value));
  }

  BlockDraft number(String attribute, double value) {
    return value(attribute, Synthetic.number(value));
  }

  BlockDraft bool(String attribute, boolean value) {
    return value(attribute, Synthetic.bool(value));
  }

  /// A list of texts.
  BlockDraft texts(String attribute, Collection<String> values) {
    return value(attribute, texts(values));
  }

  static Expression texts(Collection<String> values) {
    return Synthetic.array(values.stream().map(Synthetic::string).toList());
  }

  /// An object of texts.
  BlockDraft texts(String attribute, Map<String, String> values) {
    return value(attribute, texts(values));
  }

  static Expression texts(Map<String, String> values) {
    Map<String, Expression> fields = new LinkedHashMap<>();
    values.forEach((key, value) -> fields.put(key, Synthetic.string(value)));
    return Synthetic.object(fields);
  }

  BlockDraft value(String attribute, Expression value) {
    statements.add(Synthetic.attribute(attribute, value));
    return this;
  }

  BlockDraft add(BlockDraft block) {
    statements.add(block.build());
    return this;
  }

  BlockDraft addAll(Collection<Block> blocks) {
    statements.addAll(blocks);
    return this;
  }

  Block build() {
    return Synthetic.block(name, label, statements);
  }
}
