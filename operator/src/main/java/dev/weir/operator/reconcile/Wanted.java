package dev.weir.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.operator.children.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object as the operator wants it, and whether that is how it is.
final class Wanted {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final int HASH_BYTES = 8;
  private static final String[] KEYS = {"name", "mountPath", "containerPort", "uid"};

  private final HasMetadata object;
  private final JsonNode tree;
  private final String hash;

  private Wanted(HasMetadata object, JsonNode tree, String hash) {
    this.object = object;
    this.tree = tree;
    this.hash = hash;
  }

  /// Marks an object with the hash of what it is to be.
  static Wanted of(HasMetadata object) {
    JsonNode plain = MAPPER.valueToTree(object);
    String hash = hash(plain);
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    var marked = new LinkedHashMap<String, String>(annotations == null ? Map.of() : annotations);
    marked.put(Names.DESIRED, hash);
    object.getMetadata().setAnnotations(marked);
    return new Wanted(object, plain, hash);
  }

  private static String hash(JsonNode tree) {
    try {
      byte[] canonical = MAPPER.writeValueAsBytes(MAPPER.treeToValue(tree, Object.class));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException | com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("an object could not be written", e);
    }
  }

  HasMetadata object() {
    return object;
  }

  String hash() {
    return hash;
  }

  /// Whether everything that is wanted is so; others may have added to it.
  ///
  /// @param generation of the object when it was last made what is wanted, null if that is not
  ///   known. As long as it is the same the specification is too, though the server may have
  ///   written it in another way: it leaves out what is false.
  boolean is(@Nullable HasMetadata actual, @Nullable Long generation) {
    if (actual == null) {
      return false;
    }
    Map<String, String> annotations = actual.getMetadata().getAnnotations();
    if (annotations == null || !hash.equals(annotations.get(Names.DESIRED))) {
      return false;
    }
    boolean sameSpec =
        generation != null && generation.equals(actual.getMetadata().getGeneration());
    return sameSpec
        ? covers(MAPPER.valueToTree(actual.getMetadata()), tree.path("metadata"))
        : covers(MAPPER.valueToTree(actual), tree);
  }

  private static boolean covers(@Nullable JsonNode actual, JsonNode wanted) {
    if (actual == null) {
      return wanted.isNull() || (wanted.isContainerNode() && wanted.isEmpty());
    }
    if (wanted instanceof ObjectNode object) {
      return object.properties().stream()
          .allMatch(field -> covers(actual.get(field.getKey()), field.getValue()));
    }
    if (wanted.isArray()) {
      return coversItems(actual, wanted);
    }
    return actual.equals(wanted) || sameAmount(actual, wanted);
  }

  private static boolean coversItems(JsonNode actual, JsonNode wanted) {
    String key = key(wanted);
    if (key == null) {
      if (actual.size() != wanted.size()) {
        return false;
      }
      for (int index = 0; index < wanted.size(); index++) {
        if (!covers(actual.get(index), wanted.get(index))) {
          return false;
        }
      }
      return true;
    }
    for (JsonNode item : wanted) {
      if (!covers(find(actual, key, item.get(key)), item)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String key(JsonNode list) {
    for (String key : KEYS) {
      boolean all = !list.isEmpty();
      for (JsonNode item : list) {
        all &= item.has(key);
      }
      if (all) {
        return key;
      }
    }
    return null;
  }

  private static @Nullable JsonNode find(JsonNode list, String key, JsonNode value) {
    for (JsonNode item : list) {
      if (value.equals(item.get(key))) {
        return item;
      }
    }
    return null;
  }

  /// The API server writes `1024Mi` as `1Gi`.
  private static boolean sameAmount(JsonNode one, JsonNode other) {
    if (!one.isTextual()
        || !other.isTextual()
        || one.asText().isEmpty()
        || other.asText().isEmpty()) {
      return false;
    }
    try {
      return Quantity.parse(one.asText()).equals(Quantity.parse(other.asText()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
