package dev.weir.operator.render;

import dev.weir.operator.api.Condition;
import dev.weir.operator.api.Output;
import dev.weir.operator.api.PipelineSpec;
import dev.weir.operator.api.Stage;
import dev.weir.operator.api.Test;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The fields of lines that a pipeline asks for: only these are read.
final class FieldNames {
  private final Set<String> names = new LinkedHashSet<>();
  private final boolean severityTested;

  FieldNames(PipelineSpec spec) {
    if (spec.parse().timestamp() != null) {
      names.add(spec.parse().timestamp().field());
    }
    if (spec.parse().severity() != null) {
      names.add(spec.parse().severity().field());
    }
    for (Stage stage : spec.stages()) {
      if (stage.labels() != null) {
        names.addAll(stage.labels().fromField().values());
      }
      if (stage.metadata() != null) {
        names.addAll(stage.metadata().fromField().values());
      }
      if (stage.replace() != null && stage.replace().source() != null) {
        names.add(stage.replace().source());
      }
    }
    severityTested =
        Stream.concat(
                spec.stages().stream()
                    .flatMap(stage -> Stream.of(stage.drop(), stage.keep(), stage.when())),
                spec.outputs().stream().map(Output::when))
            .anyMatch(FieldNames::testsSeverity);
  }

  Set<String> names() {
    return names;
  }

  /// Whether a condition asks for the severity.
  boolean severityTested() {
    return severityTested;
  }

  static boolean testsSeverity(@Nullable Condition condition) {
    return condition != null
        && Stream.concat(condition.all().stream(), condition.any().stream())
            .anyMatch(FieldNames::isOfSeverity);
  }

  private static boolean isOfSeverity(Test test) {
    return test.severityAtLeast() != null || test.severityAtMost() != null;
  }
}
