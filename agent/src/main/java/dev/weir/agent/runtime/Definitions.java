package dev.weir.agent.runtime;

import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.Position;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.Span;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.eval.Closest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the type of each block of a configuration, and what is wrong with those it cannot find.
///
/// Not thread-safe.
final class Definitions {
  /// The block that begins the files of the pipelines' directory, and no others.
  private static final String PIPELINE = "pipeline";

  private final Stability minimum;
  private final Map<String, ComponentType<?>> components;
  private final Map<String, ConfigBlockType<?>> blocks;
  private final Map<String, Definition> byId = new LinkedHashMap<>();
  private final List<Diagnostic> errors = new ArrayList<>();

  Definitions(RuntimeEnvironment environment) {
    minimum = environment.agent().minimumStability();
    components = byName(environment.components(), ComponentType::name);
    blocks = byName(environment.blocks(), ConfigBlockType::name);
  }

  /// Adds the blocks of a file.
  void addAll(Body body) {
    for (Statement statement : body.statements()) {
      switch (statement) {
        case Attribute attribute ->
            error(attribute.nameSpan(), "unrecognized attribute " + attribute.name());
        case Block block -> add(block);
      }
    }
  }

  List<Diagnostic> errors() {
    return errors;
  }

  /// Every definition: first the config blocks, so that the log is set up before components speak,
  /// also those that are left out; then the components in source order.
  Map<String, Definition> byId() {
    Map<String, Definition> all = new LinkedHashMap<>();
    for (ConfigBlockType<?> type : blocks.values()) {
      all.put(type.name(), new Definition.OfConfigBlock(empty(type.name()), type));
    }
    all.putAll(byId);
    return all;
  }

  private void add(Block block) {
    String name = block.fullName();
    ConfigBlockType<?> configBlock = blocks.get(name);
    if (configBlock != null) {
      addConfigBlock(block, configBlock);
    } else if (name.equals(PIPELINE)) {
      error(
          block.headerSpan(),
          "block \"pipeline\" belongs into the files of --pipelines.dir, at their start, once");
    } else if (components.containsKey(name)) {
      addComponent(block, components.get(name));
    } else {
      error(block.headerSpan(), unknown(name));
    }
  }

  private void addConfigBlock(Block block, ConfigBlockType<?> type) {
    if (block.label() != null) {
      error(block.labelSpan(), "block \"" + type.name() + "\" does not support specifying labels");
    } else {
      define(new Definition.OfConfigBlock(block, type));
    }
  }

  private String unknown(String name) {
    Set<String> known = new LinkedHashSet<>(components.keySet());
    known.addAll(blocks.keySet());
    String meant = Closest.hint(name, known);
    String instead = NotInWeir.instead(name, !meant.isEmpty());
    return instead == null
        ? "cannot find the definition of component name \"" + name + "\"" + meant
        : "\"" + name + "\" is not part of Weir: " + instead;
  }

  private void addComponent(Block block, ComponentType<?> type) {
    String name = block.fullName();
    if (type.stability().compareTo(minimum) < 0) {
      error(block.headerSpan(), tooUnstable(type));
    } else if (block.label() == null) {
      error(block.headerSpan(), "component \"" + name + "\" must have a label");
    } else {
      define(new Definition.OfComponent(block, type));
    }
  }

  private void define(Definition definition) {
    Definition first = byId.putIfAbsent(definition.id(), definition);
    if (first != null) {
      Span span = first.block().span();
      Position at = span.start();
      error(
          nameSpan(definition),
          "block %s already declared at %s:%d:%d"
              .formatted(definition.id(), span.file().name(), at.line(), at.column()));
    }
  }

  private String tooUnstable(ComponentType<?> type) {
    String level = type.stability().text();
    return ("component \"%s\" is at stability level \"%s\", which is below the minimum allowed"
            + " stability level \"%s\". Use --stability.level command-line flag to enable \"%s\""
            + " features")
        .formatted(type.name(), level, minimum.text(), level);
  }

  /// As many characters from the block's name on as its id has, as Alloy underlines it.
  private static Span nameSpan(Definition definition) {
    Span header = definition.block().headerSpan();
    Position start = header.start();
    int more = definition.id().length() - 1;
    Position end = new Position(start.offset() + more, start.line(), start.column() + more);
    return new Span(header.file(), start, end);
  }

  private void error(@Nullable Span span, String message) {
    errors.add(Diagnostic.error(span, message));
  }

  private static Block empty(String name) {
    SourceFile text = SourceFile.of("defaults", name + " {}");
    Position start = new Position(0, 1, 1);
    int last = text.bytes().length - 1;
    Span all = new Span(text, start, new Position(last, 1, last + 1));
    return new Block(List.of(name), null, null, all, new Body(List.of(), all), all);
  }

  private static <T> Map<String, T> byName(List<T> types, Function<T, String> name) {
    return types.stream()
        .collect(
            Collectors.toMap(
                name,
                Function.identity(),
                (first, _) -> {
                  throw new IllegalArgumentException("listed twice: " + name.apply(first));
                },
                LinkedHashMap::new));
  }
}
