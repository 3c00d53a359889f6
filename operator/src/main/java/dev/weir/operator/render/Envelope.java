package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The block that says whose pipeline a file is, and what it may do.
final class Envelope {
  private Envelope() {}

  static Block of(RenderInput input) {
    var policy = input.agents().tenants().outputs();
    BlockDraft draft =
        block("pipeline")
            .text("kind", input.kind().text())
            .text("namespace", input.namespace())
            .text("name", input.name())
            .text("uid", input.uid());
    if (!input.cluster()) {
      draft.texts("namespaces", List.of(input.namespace()));
    }
    String tenant = Tenancy.fixed(input);
    if (tenant != null) {
      draft.text("tenant_id", tenant);
    }
    draft.texts("outputs", outputs(input.spec().outputs()));
    if (!input.cluster()) {
      draft.add(
          block("egress")
              .texts("denied_ranges", policy.deniedCIDRs())
              .texts("allowed_hosts", policy.allowedHosts())
              .bool("require_tls", policy.requireTLS()));
    }
    return draft.build();
  }

  private static Map<String, String> outputs(List<Output> outputs) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      labels.put(outputs.get(i).name(), "out_" + i);
    }
    return labels;
  }
}
