package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What requests that write do to the storage. Thread-safe.
final class Writes {
  /// What may come before the characters that the server adds, or nothing.
  private static final Pattern NAME_START = Pattern.compile("([a-z0-9]([-.a-z0-9]*[-a-z0-9])?)?");

  private final Storage storage;

  Writes(Storage storage) {
    this.storage = storage;
  }

  Stored create(ResourcePath path, ObjectNode object, Manager manager) {
    String name = object.path("metadata").path("name").asText();
    if (name.isEmpty()) {
      name =
          object.path("metadata").path("generateName").asText()
              + Long.toHexString(System.nanoTime());
      object.withObject("/metadata").put("name", name);
    }
    if (!NAME_START.matcher(object.at("/metadata/generateName").asText()).matches()) {
      throw new ApiFailure(422, "Invalid", "metadata.generateName is no name");
    }
    ObjectNode clean = clean(object, path);
    var empty = new Stored(clean.objectNode(), Map.of());
    return storage.create(path.named(name).key(), Ownership.update(empty, clean, manager));
  }

  Stored update(ResourcePath path, ObjectNode object, Manager manager) {
    return storage.change(
        path.key(),
        live -> {
          checkRevision(live, object);
          return Ownership.update(live, next(live, clean(object, path), path), manager);
        });
  }

  Stored patch(ResourcePath path, String contentType, String body, Manager manager) {
    JsonNode patch =
        contentType.startsWith("application/json-patch") ? Json.read(body) : Json.object(body);
    return storage.change(
        path.key(),
        live -> {
          ObjectNode changed = live.object().deepCopy();
          if (patch.isArray()) {
            changed = (ObjectNode) JsonPatch.apply(patch, changed);
          } else {
            merge(changed, (ObjectNode) patch);
          }
          checkRevision(live, changed);
          return Ownership.update(live, next(live, clean(changed, path), path), manager);
        });
  }

  Stored apply(ResourcePath path, ObjectNode object, Manager manager, boolean force) {
    if (object.path("metadata").has("managedFields")) {
      throw new ApiFailure(400, "BadRequest", "metadata.managedFields must be nil");
    }
    ObjectNode said = path.status() ? onlyStatus(object) : said(object, path);
    if (storage.find(path.key()).isEmpty()) {
      if (path.status()) {
        throw ApiFailure.notFound(path.key());
      }
      said.withObject("/metadata").put("name", path.name());
      var owners = Map.of(manager, Structure.fields(said));
      return storage.create(path.key(), new Stored(said, new HashMap<>(owners)));
    }
    return storage.change(
        path.key(),
        live -> {
          checkRevision(live, object);
          return Ownership.apply(live, said, manager, force);
        });
  }

  private static void checkRevision(Stored live, ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    String revision = metadata.path("resourceVersion").asText("");
    if (!revision.isEmpty() && !revision.equals(live.metadata().path("resourceVersion").asText())) {
      throw ApiFailure.conflict("the object has been modified; please apply your changes anew");
    }
    String uid = metadata.path("uid").asText("");
    if (!uid.isEmpty() && !uid.equals(live.metadata().path("uid").asText())) {
      throw ApiFailure.conflict("Precondition failed: UID in precondition: " + uid);
    }
  }

  /// The object that replaces a live one: the status is changed through its subresource only.
  private static ObjectNode next(Stored live, ObjectNode wanted, ResourcePath path) {
    ObjectNode next = path.status() ? live.object().deepCopy() : wanted.deepCopy();
    JsonNode status = path.status() ? wanted.get("status") : live.object().get("status");
    if (path.kind().status() || path.status()) {
      next.remove("status");
      if (status != null) {
        next.set("status", status.deepCopy());
      }
    }
    ObjectNode metadata = next.withObject("/metadata");
    ObjectNode before = live.metadata();
    for (String kept :
        new String[] {"uid", "creationTimestamp", "generation", "resourceVersion", "namespace"}) {
      metadata.remove(kept);
      if (before.has(kept)) {
        metadata.set(kept, before.get(kept));
      }
    }
    return next;
  }

  private static ObjectNode clean(ObjectNode object, ResourcePath path) {
    ObjectNode clean = object.deepCopy();
    clean.put("apiVersion", path.kind().apiVersion()).put("kind", path.kind().name());
    ((ObjectNode) clean.path("metadata")).remove("managedFields");
    return clean;
  }

  private static ObjectNode said(ObjectNode object, ResourcePath path) {
    ObjectNode said = clean(object, path);
    if (path.kind().status()) {
      said.remove("status");
    }
    ObjectNode metadata = said.withObject("/metadata");
    for (String given :
        new String[] {"uid", "creationTimestamp", "generation", "resourceVersion"}) {
      metadata.remove(given);
    }
    return said;
  }

  private static ObjectNode onlyStatus(ObjectNode object) {
    ObjectNode only = object.objectNode();
    if (object.has("status")) {
      only.set("status", object.get("status").deepCopy());
    }
    return only;
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        target.remove(field.getKey());
      } else if (value instanceof ObjectNode object
          && target.get(field.getKey()) instanceof ObjectNode old) {
        merge(old, object);
      } else {
        target.set(field.getKey(), value.deepCopy());
      }
    }
  }
}
