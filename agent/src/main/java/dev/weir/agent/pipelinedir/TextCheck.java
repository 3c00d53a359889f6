package dev.weir.agent.pipelinedir;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Node;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.StringLiteral;
import dev.weir.agent.river.eval.Children;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a pipeline's text may contain: the second wall behind whoever wrote the file. Works on the
/// text alone, so that nothing that is refused is ever built.
final class TextCheck {
  private static final String EVENTS = "loki.source.kubernetes_events";

  private static final Set<String> OF_TENANTS =
      Set.of(
          "discovery.relabel",
          "local.file",
          "loki.process",
          "loki.relabel",
          EVENTS,
          "loki.source.kubernetes_files",
          "loki.write");

  private static final Set<String> OF_CLUSTER =
      Set.of("local.file_match", "loki.source.file", "loki.source.journal");

  /// The library's names that lead out of the text: to the process and its files.
  private static final Set<String> OUTWARD = Set.of("sys", "env", "file");

  /// Attributes that name a file, besides all that end in `_file`.
  private static final Set<String> FILES = Set.of("filename", "db");

  private final PipelineBlock pipeline;
  private final PipelineSettings settings;
  private final List<Diagnostic> errors = new ArrayList<>();

  private TextCheck(PipelineBlock pipeline, PipelineSettings settings) {
    this.pipeline = pipeline;
    this.settings = settings;
  }

  /// Refuses a block that has anything but literals in it.
  ///
  /// @throws DiagnosticsException with the place of the first that is something else
  static void literal(Node node) throws DiagnosticsException {
    switch (node) {
      case Identifier _, Expression.Access _, Expression.Index _, Expression.Call _ ->
          throw new DiagnosticsException(
              Diagnostic.error(node.span(), "block \"pipeline\" must hold nothing but literals"));
      default -> {
        for (Node child : Children.of(node)) {
          literal(child);
        }
      }
    }
  }

  /// Refuses what a pipeline must not contain.
  ///
  /// @throws DiagnosticsException with every error
  static void check(List<Statement> statements, PipelineBlock pipeline, PipelineSettings settings)
      throws DiagnosticsException {
    var check = new TextCheck(pipeline, settings);
    for (Statement statement : statements) {
      if (statement instanceof Block block) {
        check.component(block);
      }
    }
    if (!check.errors.isEmpty()) {
      throw new DiagnosticsException(check.errors);
    }
  }

  private void component(Block block) {
    String type = block.fullName();
    boolean allowed =
        OF_TENANTS.contains(type) || (!pipeline.isOfTenant() && OF_CLUSTER.contains(type));
    if (allowed) {
      if (type.equals(EVENTS) && pipeline.namespaces() != null) {
        namespaces(block, pipeline.namespaces());
      }
      visit(block.body(), type);
    } else {
      error(block, "\"" + type + "\" is not allowed in a " + pipeline.kind());
    }
  }

  /// Without the attribute it would watch all of them.
  private void namespaces(Block block, List<String> allowed) {
    boolean within =
        block.body().statements().stream()
            .filter(statement -> statement instanceof Attribute)
            .map(statement -> (Attribute) statement)
            .anyMatch(a -> a.name().equals("namespaces") && isWithin(a.value(), allowed));
    if (!within) {
      error(block, "\"namespaces\" must list some of those of the pipeline, literally");
    }
  }

  private static boolean isWithin(Expression value, List<String> allowed) {
    return value instanceof ArrayExpression list
        && !list.elements().isEmpty()
        && list.elements().stream()
            .allMatch(element ->
                element instanceof Literal literal
                    && literal.kind() == Expression.LiteralKind.STRING
                    && allowed.contains(StringLiteral.decode(literal.text())));
  }

  private void visit(Node node, String type) {
    switch (node) {
      case Identifier identifier when OUTWARD.contains(identifier.name()) ->
          error(node, "\"" + identifier.name() + "\" is not allowed in a pipeline");
      case Attribute attribute -> attribute(attribute, type);
      case Block block when block.fullName().equals("client") && pipeline.isOfTenant() ->
          error(block, "block \"client\" is not allowed in a " + pipeline.kind());
      default -> {}
    }
    Children.of(node).forEach(child -> visit(child, type));
  }

  private void attribute(Attribute attribute, String type) {
    String name = attribute.name();
    if (name.equals("namespaces_file")) {
      same(attribute, settings.namespaces());
    } else if (name.endsWith("_file") || FILES.contains(name)) {
      below(attribute, settings.secrets());
    } else if (name.equals("path") && type.equals("loki.source.kubernetes_files")) {
      below(attribute, settings.podLogs());
    } else if (name.endsWith("_path") && pipeline.isOfTenant()) {
      error(attribute, "\"" + name + "\" is not allowed in a " + pipeline.kind());
    }
  }

  private void below(Attribute attribute, Path directory) {
    if (!(attribute.value() instanceof Literal literal) || !isBelow(literal, directory)) {
      error(
          attribute.value(),
          "\"" + attribute.name() + "\" must name what lies in " + directory + ", literally");
    }
  }

  private void same(Attribute attribute, Path file) {
    boolean named =
        attribute.value() instanceof Literal literal
            && isBelow(literal, file)
            && Path.of(StringLiteral.decode(literal.text())).equals(file);
    if (!named) {
      error(attribute.value(), "\"" + attribute.name() + "\" must be " + file + ", literally");
    }
  }

  private static boolean isBelow(Literal literal, Path directory) {
    if (literal.kind() != Expression.LiteralKind.STRING) {
      return false;
    }
    try {
      Path path = Path.of(StringLiteral.decode(literal.text()));
      return path.isAbsolute() && path.equals(path.normalize()) && path.startsWith(directory);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void error(Node node, String message) {
    errors.add(Diagnostic.error(node instanceof Block b ? b.headerSpan() : node.span(), message));
  }
}
