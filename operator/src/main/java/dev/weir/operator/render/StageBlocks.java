package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.LabelsStage;
import dev.weir.operator.api.MetadataStage;
import dev.weir.operator.api.OnExceed;
import dev.weir.operator.api.RateLimitStage;
import dev.weir.operator.api.ReplaceStage;
import dev.weir.operator.api.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps of a pipeline.
final class StageBlocks {
  private StageBlocks() {}

  /// @param name of the list in the resource, which drops are counted under
  static List<Block> of(List<Stage> stages, String name) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      List<Block> made = of(stage, name + "[" + i + "]");
      blocks.addAll(stage.when() == null ? made : ConditionStages.when(stage.when(), made));
    }
    return blocks;
  }

  private static List<Block> of(Stage stage, String reason) {
    if (stage.drop() != null) {
      return ConditionStages.drop(stage.drop(), reason);
    }
    if (stage.keep() != null) {
      return ConditionStages.keep(stage.keep(), reason);
    }
    if (stage.sample() != null) {
      double rate = Double.parseDouble(stage.sample().rate());
      BlockDraft sampling = block("stage.sampling").number("rate", rate);
      return List.of(sampling.text("drop_counter_reason", reason).build());
    }
    if (stage.rateLimit() != null) {
      return List.of(rateLimit(stage.rateLimit()));
    }
    if (stage.redact() != null) {
      return Redactions.of(stage.redact());
    }
    return stage.replace() == null ? others(stage) : List.of(replace(stage.replace()));
  }

  private static List<Block> others(Stage stage) {
    if (stage.labels() != null) {
      return labels(stage.labels());
    }
    if (stage.metadata() != null) {
      return metadata(stage.metadata());
    }
    if (stage.truncate() != null) {
      BlockDraft rule = block("rule").text("limit", Units.size(stage.truncate().maxBytes()));
      return List.of(block("stage.truncate").add(rule).build());
    }
    throw new IllegalArgumentException("a stage of no kind");
  }

  private static Block rateLimit(RateLimitStage limit) {
    BlockDraft stage = limit(limit.linesPerSecond(), limit.onExceed());
    return limit.byLabel() == null
        ? stage.build()
        : stage.text("by_label_name", limit.byLabel()).build();
  }

  /// A second's worth may pass at once.
  static BlockDraft limit(int linesPerSecond, OnExceed onExceed) {
    return block("stage.limit")
        .number("rate", linesPerSecond)
        .number("burst", linesPerSecond)
        .bool("drop", onExceed == OnExceed.DROP);
  }

  private static Block replace(ReplaceStage replace) {
    String source = replace.source() == null ? "" : replace.source();
    return Redactions.replace(replace.regex(), replace.replacement(), source);
  }

  private static List<Block> labels(LabelsStage labels) {
    List<Block> blocks = new ArrayList<>();
    if (!labels.fixed().isEmpty()) {
      blocks.add(block("stage.static_labels").texts("values", labels.fixed()).build());
    }
    if (!labels.fromField().isEmpty()) {
      blocks.add(block("stage.labels").texts("values", labels.fromField()).build());
    }
    if (!labels.remove().isEmpty()) {
      blocks.add(block("stage.label_drop").texts("values", labels.remove()).build());
    }
    return blocks;
  }

  private static List<Block> metadata(MetadataStage metadata) {
    List<Block> blocks = new ArrayList<>(fixedMetadata(metadata.fixed()));
    if (!metadata.fromField().isEmpty()) {
      blocks.add(block("stage.structured_metadata").texts("values", metadata.fromField()).build());
    }
    if (!metadata.remove().isEmpty()) {
      blocks.add(
          block("stage.structured_metadata_drop").texts("values", metadata.remove()).build());
    }
    return blocks;
  }

  /// Fixed metadata goes by way of labels, whose changes are remembered: nothing is made per line.
  static List<Block> fixedMetadata(Map<String, String> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, String> sources = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      String label = "__weir_fixed_" + labels.size();
      labels.put(label, value);
      sources.put(name, label);
    });
    return List.of(
        block("stage.static_labels").texts("values", labels).build(),
        block("stage.structured_metadata").texts("values", sources).build());
  }
}
