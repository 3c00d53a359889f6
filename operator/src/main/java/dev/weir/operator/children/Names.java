package dev.weir.operator.children;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.TreeMap;

/// Names, labels and annotations of the objects of a class.
public final class Names {
  /// Who writes the objects' fields.
  public static final String FIELD_MANAGER = "weir-operator";

  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String INSTANCE = "app.kubernetes.io/instance";
  public static final String COMPONENT = "app.kubernetes.io/component";
  public static final String NAME = "app.kubernetes.io/name";
  public static final String AGENT = "agent";
  public static final String SINGLETON = "singleton";

  /// Annotation with the hash of what the operator wanted of an object.
  public static final String DESIRED = "weir.dev/desired-hash";

  /// Annotation of a class or pipeline that is to stay as it is.
  public static final String PAUSED = "weir.dev/paused";

  /// Shards of configuration, and of secrets.
  public static final int SHARDS = 4;

  private static final String APPLICATION = "weir-agent";

  private Names() {}

  static String agent(String className) {
    return className + "-agent";
  }

  static String singleton(String className) {
    return className + "-singleton";
  }

  public static String head(String className) {
    return className + "-head";
  }

  public static String config(String className, int shard) {
    return className + "-config-" + shard;
  }

  /// The configuration of the one agent that reads events.
  public static String events(String className) {
    return className + "-events";
  }

  public static String secrets(String className, int shard) {
    return className + "-secrets-" + shard;
  }

  /// Labels by which pods are selected; they never change.
  public static Map<String, String> selector(String className, String component) {
    // In one order always: these objects are compared as text.
    var labels = new TreeMap<String, String>();
    labels.put(NAME, APPLICATION);
    labels.put(INSTANCE, className);
    labels.put(COMPONENT, component);
    return labels;
  }

  static Map<String, String> labels(String className, String component) {
    var labels = new TreeMap<String, String>(selector(className, component));
    labels.put("app.kubernetes.io/part-of", "weir");
    labels.put(MANAGED_BY, FIELD_MANAGER);
    return labels;
  }

  /// Metadata of an object in the namespace of the agents, owned by the class.
  static ObjectMeta metadata(ClassFacts facts, String name, String component) {
    return clusterMetadata(facts, name, component).edit().withNamespace(facts.namespace()).build();
  }

  /// Metadata of an object of the cluster, owned by the class.
  static ObjectMeta clusterMetadata(ClassFacts facts, String name, String component) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withLabels(labels(facts.name(), component))
        .addNewOwnerReference()
        .withApiVersion("weir.dev/v1alpha1")
        .withKind("LogAgentClass")
        .withName(facts.name())
        .withUid(facts.uid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .endOwnerReference()
        .build();
  }
}
