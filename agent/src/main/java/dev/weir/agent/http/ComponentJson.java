package dev.weir.agent.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.agent.component.Health;
import dev.weir.agent.river.eval.AlloyJson;
import dev.weir.agent.runtime.ComponentInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Components as the web API tells of them, in Alloy's form. Secrets show as `(secret)`.
final class ComponentJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private ComponentJson() {}

  /// All of them, without their arguments.
  static String list(List<ComponentInfo> components) {
    ArrayNode list = MAPPER.createArrayNode();
    components.forEach(info -> list.add(summary(info)));
    return list.toString();
  }

  /// One, with arguments, exports and debug information.
  static String one(ComponentInfo info) {
    ObjectNode node = summary(info);
    addBody(node, "arguments", info.arguments());
    addBody(node, "exports", info.exports());
    addBody(node, "debugInfo", info.debugInfo());
    return node.toString();
  }

  private static void addBody(ObjectNode node, String name, @Nullable Record record) {
    if (record != null) {
      node.set(name, AlloyJson.body(record));
    }
  }

  private static ObjectNode summary(ComponentInfo info) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", info.name());
    node.put("type", "block");
    node.put("localID", info.localId());
    node.put("moduleID", info.moduleId());
    node.put("label", info.label());
    addAll(node.putArray("referencesTo"), info.referencesTo());
    addAll(node.putArray("referencedBy"), info.referencedBy());
    Health health = info.health();
    node.putObject("health")
        .put("state", health.state().text())
        .put("message", health.message())
        .put("updatedTime", health.updated().toString());
    node.put("original", "");
    node.putArray("createdModuleIDs");
    node.put("liveDebuggingEnabled", false);
    return node;
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
