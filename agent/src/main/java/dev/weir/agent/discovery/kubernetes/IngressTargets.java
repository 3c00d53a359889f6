package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.kubernetes.MetaLabels;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes one target per path of an ingress.
final class IngressTargets {
  private IngressTargets() {}

  /// The targets of an ingress.
  static List<Map<String, String>> of(Ingress ingress, Attached attached) {
    String namespace = ingress.getMetadata().getNamespace();
    IngressSpec spec = Objects.requireNonNullElseGet(ingress.getSpec(), IngressSpec::new);
    MetaLabels common =
        new MetaLabels()
            .put("namespace", namespace)
            .put("ingress_name", ingress.getMetadata().getName())
            .put("ingress_class_name", spec.getIngressClassName())
            .putMetadata("ingress", ingress.getMetadata())
            .putAll(attached.namespace(namespace));
    List<String> secured = spec.getTls().stream().flatMap(tls -> tls.getHosts().stream()).toList();
    List<Map<String, String>> targets = new ArrayList<>();
    for (IngressRule rule : spec.getRules()) {
      String host = Objects.requireNonNullElse(rule.getHost(), "");
      boolean https = secured.stream().anyMatch(pattern -> covers(pattern, host));
      for (String path : paths(rule)) {
        MetaLabels labels =
            common
                .copy()
                .put("ingress_scheme", https ? "https" : "http")
                .put("ingress_host", host)
                .put("ingress_path", path);
        targets.add(labels.target(host));
      }
    }
    return targets;
  }

  private static List<String> paths(IngressRule rule) {
    if (rule.getHttp() == null) {
      return List.of("/");
    }
    List<String> paths = new ArrayList<>();
    for (HTTPIngressPath path : rule.getHttp().getPaths()) {
      String text = path.getPath();
      paths.add(text == null || text.isEmpty() ? "/" : text);
    }
    return paths;
  }

  /// Whether a name as in a certificate, its first part perhaps `*`, stands for a host.
  private static boolean covers(String pattern, String host) {
    if (pattern.equals(host)) {
      return true;
    }
    int dot = host.indexOf('.');
    return dot > 0 && pattern.equals("*" + host.substring(dot));
  }
}
