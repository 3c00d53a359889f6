package dev.weir.operator.children;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The values that a class's pipelines refer to, spread over its Secrets.
public final class SecretShards {
  private static final int HEXADECIMAL = 16;

  private SecretShards() {}

  /// The Secrets; those without values are left out.
  ///
  /// @param values by the name of their file, 40 hexadecimal digits, in Base64
  public static List<Secret> objects(ClassFacts facts, Map<String, String> values) {
    var shards = new ArrayList<Map<String, String>>();
    for (int shard = 0; shard < Names.SHARDS; shard++) {
      shards.add(new TreeMap<>());
    }
    values.forEach((file, value) -> shards.get(shard(file)).put(file, value));
    var objects = new ArrayList<Secret>();
    for (int shard = 0; shard < Names.SHARDS; shard++) {
      if (!shards.get(shard).isEmpty()) {
        objects.add(secret(facts, Names.secrets(facts.name(), shard), shards.get(shard)));
      }
    }
    return objects;
  }

  private static int shard(String file) {
    return Character.digit(file.charAt(0), HEXADECIMAL) % Names.SHARDS;
  }

  private static Secret secret(ClassFacts facts, String name, Map<String, String> data) {
    return new SecretBuilder()
        .withMetadata(Names.metadata(facts, name, Names.AGENT))
        .withType("Opaque")
        .withData(data)
        .build();
  }
}
