package dev.weir.agent.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// What [NeedsDocker] does.
final class DockerExtension implements ExecutionCondition, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(DockerExtension.class);

  /// Asked once for all tests.
  private static final class Search {
    static final @Nullable String PROBLEM = DockerEngine.problem(DockerEngine.host());
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Search.PROBLEM == null) {
      return ConditionEvaluationResult.enabled("Docker Engine at " + DockerEngine.host());
    }
    String reason = context.getDisplayName() + " needs a Docker Engine: " + Search.PROBLEM;
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DockerEngine.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent("engine", _ -> new DockerEngine(DockerEngine.host()), DockerEngine.class);
  }
}
