package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Synthetic;
import dev.weir.operator.api.ClassDefaults;
import dev.weir.operator.api.Condition;
import dev.weir.operator.api.Enrich;
import dev.weir.operator.api.EventType;
import dev.weir.operator.api.EventsInput;
import dev.weir.operator.api.PipelineSpec;
import dev.weir.operator.api.PodsInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `loki.process` of an output: first what the class says, then the pipeline, then what the
/// class insists on.
final class ProcessBlock {
  private ProcessBlock() {}

  static Block of(RenderInput input, int index) {
    PipelineSpec spec = input.spec();
    ClassDefaults defaults = input.agents().defaults();
    var fields = new FieldNames(spec);
    boolean tested = fields.severityTested();
    List<Block> stages = new ArrayList<>(StageBlocks.of(defaults.globalStages(), "globalStages"));
    stages.addAll(limits(spec.input().pods()));
    stages.addAll(events(spec.input().events()));
    stages.addAll(ParseStages.of(spec.parse(), fields.names(), tested));
    Enrich first = defaults.enrich();
    if (first != null && spec.input().pods() != null) {
      stages.addAll(EnrichStages.of(first));
    }
    stages.addAll(EnrichStages.of(spec.enrich()));
    stages.addAll(StageBlocks.of(spec.stages(), "stages"));
    Condition when = spec.outputs().get(index).when();
    if (when != null) {
      stages.addAll(ConditionStages.keep(when, "when"));
    }
    if (tested) {
      stages.add(block("stage.label_drop").texts("values", List.of(Names.SEVERITY)).build());
    }
    stages.addAll(StageBlocks.of(defaults.enforcedStages(), "enforcedStages"));
    if (defaults.clusterName() != null) {
      Map<String, String> cluster = Map.of("cluster", defaults.clusterName());
      stages.add(block("stage.static_labels").texts("values", cluster).build());
    }
    stages.addAll(Tenancy.stages(input));
    String write = "loki.write.out_" + index + ".receiver";
    return block("loki.process", "proc_" + index)
        .value("forward_to", Synthetic.array(List.of(Synthetic.reference(write))))
        .addAll(stages)
        .build();
  }

  private static List<Block> limits(@Nullable PodsInput pods) {
    return pods == null || pods.rateLimit() == null
        ? List.of()
        : List.of(
            StageBlocks.limit(pods.rateLimit().linesPerSecond(), pods.rateLimit().onExceed())
                .build());
  }

  /// Drops the events that were not asked for.
  private static List<Block> events(@Nullable EventsInput events) {
    if (events == null) {
      return List.of();
    }
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    wanted.put(
        "type",
        events.types().stream()
            .map(type -> type == EventType.NORMAL ? "Normal" : "Warning")
            .toList());
    wanted.put("reason", events.reasons());
    wanted.put("kind", events.kinds());
    wanted.values().removeIf(List::isEmpty);
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, String> expressions = new LinkedHashMap<>();
    List<Block> blocks = new ArrayList<>();
    wanted.forEach((field, values) -> {
      String label = "__weir_event_" + field;
      labels.put(label, label);
      expressions.put(label, field);
      blocks.add(
          block("stage.match")
              .text("selector", new LogqlText().label(label, "!~", RegexText.anyOf(values)).text())
              .text("action", "drop")
              .text("drop_counter_reason", "events")
              .build());
    });
    blocks.addFirst(block("stage.labels").texts("values", labels).build());
    blocks.addFirst(block("stage.json").texts("expressions", expressions).build());
    blocks.add(block("stage.label_drop").texts("values", List.copyOf(labels.keySet())).build());
    return blocks;
  }
}
