package dev.weir.agent.discovery.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads a file of target groups: a list of `targets` and `labels`.
final class TargetGroups {
  private static final int MOST_BYTES = 8 << 20;
  private static final Set<String> FIELDS = Set.of("targets", "labels");

  /// A file that is not a list of target groups.
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  private TargetGroups() {}

  /// The targets of a file.
  static List<Map<String, String>> read(Path file) throws DamagedException {
    JsonNode groups = parsed(file);
    if (groups.isMissingNode() || groups.isNull()) {
      return List.of();
    }
    if (!groups.isArray()) {
      throw new DamagedException("it must be a list of target groups");
    }
    List<Map<String, String>> targets = new ArrayList<>();
    for (JsonNode group : groups) {
      add(group, file, targets);
    }
    return targets;
  }

  private static JsonNode parsed(Path file) throws DamagedException {
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    ObjectMapper mapper = json ? new JsonMapper() : new YAMLMapper();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new DamagedException("it is larger than 8 MiB");
      }
      return mapper.readTree(bytes);
    } catch (IOException e) {
      throw new DamagedException(String.valueOf(e.getMessage()));
    }
  }

  private static void add(JsonNode group, Path file, List<Map<String, String>> targets)
      throws DamagedException {
    for (String field : (Iterable<String>) group::fieldNames) {
      if (!FIELDS.contains(field)) {
        throw new DamagedException("field " + field + " is not known in a target group");
      }
    }
    if (!group.isObject() || !group.path("targets").isArray()) {
      throw new DamagedException("a target group has a list of targets");
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : group.path("labels").properties()) {
      if (!label.getValue().isValueNode()) {
        throw new DamagedException("label " + label.getKey() + " is no text");
      }
      labels.put(label.getKey(), label.getValue().asText());
    }
    labels.put("__meta_filepath", file.toString());
    for (JsonNode address : group.path("targets")) {
      var target = new LinkedHashMap<>(labels);
      target.put("__address__", address.asText());
      targets.add(target);
    }
  }
}
