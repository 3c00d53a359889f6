package dev.weir.agent.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Labels that tell of an object, named as in Prometheus.
///
/// Not thread-safe.
public final class MetaLabels {
  /// What all of them begin with.
  public static final String PREFIX = "__meta_kubernetes_";

  /// The name of the namespace.
  public static final String NAMESPACE = PREFIX + "namespace";

  private final Map<String, String> labels = new LinkedHashMap<>();

  /// Sets one, unless there is no value.
  public MetaLabels put(String name, @Nullable Object value) {
    if (value != null) {
      labels.put(PREFIX + name, value.toString());
    }
    return this;
  }

  /// Sets one, empty when there is no value.
  public MetaLabels putAlways(String name, @Nullable Object value) {
    return put(name, value == null ? "" : value);
  }

  /// Adds the labels and annotations of an object.
  ///
  /// @param kind as in the names: `pod`
  public MetaLabels putMetadata(String kind, ObjectMeta metadata) {
    putAll(kind + "_label_", kind + "_labelpresent_", metadata.getLabels());
    return putAll(kind + "_annotation_", kind + "_annotationpresent_", metadata.getAnnotations());
  }

  /// Adds a map, each name behind a prefix, and that it is present behind another.
  public MetaLabels putAll(
      String prefix, String presentPrefix, @Nullable Map<String, String> values) {
    if (values != null) {
      values.forEach((name, value) -> {
        String clean = sanitised(name);
        putAlways(prefix + clean, value);
        put(presentPrefix + clean, "true");
      });
    }
    return this;
  }

  /// Adds those of another object.
  public MetaLabels putAll(MetaLabels others) {
    labels.putAll(others.labels);
    return this;
  }

  /// A target with these labels.
  ///
  /// @param address for `__address__`
  public Map<String, String> target(String address) {
    var target = new LinkedHashMap<String, String>();
    target.put("__address__", address);
    target.putAll(labels);
    return target;
  }

  /// These labels; a new map.
  public Map<String, String> map() {
    return new LinkedHashMap<>(labels);
  }

  /// A copy to which more can be added.
  public MetaLabels copy() {
    return new MetaLabels().putAll(this);
  }

  /// A name that Loki takes: `app.kubernetes.io/name` becomes `app_kubernetes_io_name`.
  static String sanitised(String label) {
    var name = new StringBuilder(label.length());
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      boolean allowed =
          c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name.append(allowed ? c : '_');
    }
    return name.toString();
  }
}
