package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.Enrich;
import dev.weir.operator.api.EnrichAs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds what the source knows of a pod.
final class EnrichStages {
  private EnrichStages() {}

  static List<Block> of(Enrich enrich) {
    Map<String, String> sources = sources(enrich);
    List<Block> blocks = new ArrayList<>();
    boolean label = enrich.as() == EnrichAs.LABEL;
    if (!sources.isEmpty()) {
      blocks.add(
          block(label ? "stage.labels" : "stage.structured_metadata")
              .texts("values", sources)
              .build());
    }
    if (!enrich.fixed().isEmpty() && label) {
      blocks.add(block("stage.static_labels").texts("values", enrich.fixed()).build());
    } else {
      blocks.addAll(StageBlocks.fixedMetadata(enrich.fixed()));
    }
    return blocks;
  }

  /// What the source knows it by, by the name that it gets.
  static Map<String, String> sources(Enrich enrich) {
    Map<String, String> sources = new LinkedHashMap<>();
    enrich.podLabels().forEach(key -> sources.put(Names.plain(key), Names.meta("pod_label", key)));
    enrich
        .podAnnotations()
        .forEach(key -> sources.put(Names.plain(key), Names.meta("pod_annotation", key)));
    enrich
        .namespaceLabels()
        .forEach(key -> sources.put(Names.plain(key), Names.meta("namespace_label", key)));
    return sources;
  }
}
