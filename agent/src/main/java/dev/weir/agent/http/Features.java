package dev.weir.agent.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What this agent can do, for an operator that may be older or newer. A name once given keeps its
/// meaning; what changes its meaning gets another.
final class Features {
  private static final List<String> NAMES =
      List.of(
          "api.pipelines.v1",
          "pipelines.dir",
          "pipelines.gzip",
          "pipelines.policy.egress",
          "pipelines.policy.namespaces",
          "pipelines.policy.tenant",
          "source.kubernetes_files");

  private Features() {}

  /// `{"version":"0.1.0","features":[...]}`
  static String json(String version) {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", version);
    ArrayNode features = node.putArray("features");
    NAMES.forEach(features::add);
    return node.toString();
  }
}
