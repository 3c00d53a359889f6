package dev.weir.operator.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.api.Tenant;
import dev.weir.operator.api.TenantMode;
import dev.weir.operator.render.RenderInput.Kind;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What agents are told of namespaces: only of those that a pipeline may read, and of annotations
/// only those that name tenants.
final class NamespacesText {
  private NamespacesText() {}

  static String of(
      LogAgentClassSpec agents,
      List<PipelineFacts> pipelines,
      Map<String, NamespaceFacts> namespaces) {
    Set<String> annotations = annotations(agents, pipelines);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (String name : names(pipelines, namespaces)) {
      NamespaceFacts facts = namespaces.getOrDefault(name, NamespaceFacts.NONE);
      ObjectNode one = all.putObject(name);
      put(one.putObject("labels"), facts.labels());
      ObjectNode kept = one.putObject("annotations");
      annotations.forEach(key -> {
        String value = facts.annotations().get(key);
        if (value != null) {
          kept.put(key, value);
        }
      });
    }
    return all.toString();
  }

  private static void put(ObjectNode object, Map<String, String> values) {
    new TreeMap<>(values).forEach(object::put);
  }

  private static Set<String> names(
      List<PipelineFacts> pipelines, Map<String, NamespaceFacts> namespaces) {
    var names = new TreeSet<String>();
    for (PipelineFacts pipeline : pipelines) {
      if (pipeline.key().kind() == Kind.CLUSTER_LOG_PIPELINE) {
        names.addAll(namespaces.keySet());
      } else {
        names.add(pipeline.key().namespace());
      }
    }
    return names;
  }

  private static Set<String> annotations(LogAgentClassSpec agents, List<PipelineFacts> pipelines) {
    var keys = new TreeSet<String>();
    add(agents.tenants().tenancy(), keys);
    pipelines.forEach(pipeline -> add(pipeline.spec().tenant(), keys));
    return keys;
  }

  private static void add(@Nullable Tenant tenant, Set<String> keys) {
    if (tenant != null
        && tenant.mode() == TenantMode.NAMESPACE_ANNOTATION
        && tenant.key() != null) {
      keys.add(tenant.key());
    }
  }
}
