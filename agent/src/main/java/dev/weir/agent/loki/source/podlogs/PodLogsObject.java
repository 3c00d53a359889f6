package dev.weir.agent.loki.source.podlogs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.agent.kubernetes.LabelSelector;
import dev.weir.agent.kubernetes.MetaLabels;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.AnchoredRegex;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A `PodLogs` object of a cluster: which pods are read, and what labels they get.
///
/// @param labels of the object itself
/// @param meta its name, labels and annotations, `__meta_kubernetes_podlogs_*`
/// @param pods which it chooses
/// @param namespaces of those pods
/// @param error why it is of no use; null when it is
record PodLogsObject(
    String namespace,
    String name,
    Map<String, String> labels,
    Map<String, String> meta,
    LabelSelector pods,
    LabelSelector namespaces,
    Rules rules,
    @Nullable String error) {
  /// What such objects are to the API server.
  static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("monitoring.grafana.com")
          .withVersion("v1alpha2")
          .withKind("PodLogs")
          .withPlural("podlogs")
          .withNamespaced(true)
          .build();

  private static final JsonMapper JSON = new JsonMapper();

  /// The part of an object that says what it is for.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Spec(
      io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector,
      io.fabric8.kubernetes.api.model.@Nullable LabelSelector namespaceSelector,
      @Nullable List<Relabeling> relabelings) {}

  /// A rule as the Prometheus operator writes it; what is empty counts as left out.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Relabeling(
      @Nullable List<String> sourceLabels,
      @Nullable String separator,
      @Nullable String targetLabel,
      @Nullable String regex,
      @Nullable Long modulus,
      @Nullable String replacement,
      @Nullable String action) {
    Rule rule() {
      return new Rule(
          Objects.requireNonNullElse(sourceLabels, List.of()),
          orElse(separator, ";"),
          AnchoredRegex.parse(orElse(regex, "(.*)")),
          Objects.requireNonNullElse(modulus, 0L),
          orElse(targetLabel, ""),
          orElse(replacement, "$1"),
          Action.parse(orElse(action, "replace")));
    }

    private static String orElse(@Nullable String text, String other) {
      return text == null || text.isEmpty() ? other : text;
    }
  }

  static PodLogsObject of(GenericKubernetesResource object) {
    ObjectMeta metadata = object.getMetadata();
    Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
    Map<String, String> meta =
        new MetaLabels()
            .put("podlogs_namespace", metadata.getNamespace())
            .put("podlogs_name", metadata.getName())
            .putMetadata("podlogs", metadata)
            .map();
    LabelSelector pods = LabelSelector.parse("");
    LabelSelector namespaces = pods;
    Rules rules = Rules.NONE;
    String error = null;
    try {
      Spec spec = JSON.convertValue(specOf(object), Spec.class);
      pods = selector(spec.selector());
      namespaces = selector(spec.namespaceSelector());
      rules = rules(spec.relabelings());
    } catch (IllegalArgumentException e) {
      error = String.valueOf(e.getMessage());
    }
    return new PodLogsObject(
        metadata.getNamespace(), metadata.getName(), labels, meta, pods, namespaces, rules, error);
  }

  private static Object specOf(GenericKubernetesResource object) {
    return Objects.requireNonNullElse(object.getAdditionalProperties().get("spec"), Map.of());
  }

  private static LabelSelector selector(
      io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
    return selector == null
        ? LabelSelector.parse("")
        : LabelSelector.of(
            Objects.requireNonNullElse(selector.getMatchLabels(), Map.of()),
            selector.getMatchExpressions().stream().map(PodLogsObject::requirement).toList());
  }

  private static LabelSelector.Requirement requirement(LabelSelectorRequirement one) {
    return LabelSelector.Requirement.of(one.getKey(), one.getOperator(), one.getValues());
  }

  private static Rules rules(@Nullable List<Relabeling> relabelings) {
    return relabelings == null
        ? Rules.NONE
        : new Rules(relabelings.stream().map(Relabeling::rule).toList());
  }

  /// `namespace/name`.
  String key() {
    return namespace + "/" + name;
  }
}
