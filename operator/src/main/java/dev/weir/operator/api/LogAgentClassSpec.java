package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/// One set of agents, and the rules for those who use it.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.__namespace__ == oldSelf.__namespace__",
    message = "namespace cannot be changed: make another class",
    fieldPath = ".namespace")
public record LogAgentClassSpec(
    @JsonPropertyDescription("Namespace where agents run. It cannot be changed.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        String namespace,
    @JsonPropertyDescription("The agents' image.") Image image,
    @JsonPropertyDescription("On which nodes agents run.") Placement placement,
    @JsonPropertyDescription("What an agent may use.") Resources resources,
    @JsonPropertyDescription("How new pods replace old ones.") Rollout rollout,
    @JsonPropertyDescription("What of a node agents see. A pipeline that asks for more is refused.")
        Access access,
    @JsonPropertyDescription("What agents are allowed on a node.") Security security,
    @JsonPropertyDescription("What all pipelines of the class get.") ClassDefaults defaults,
    @JsonPropertyDescription("Who may use the class with LogPipelines, and for what.")
        TenantPolicy tenants,
    @JsonPropertyDescription("Whose secrets ClusterLogPipelines may use.") ClassSecrets secrets,
    @JsonPropertyDescription("Whom agents may talk to.") ClassNetworkPolicy networkPolicy,
    @JsonPropertyDescription("How agents are watched by Prometheus.") Monitoring monitoring,
    @JsonPropertyDescription("Strategic merge patch of the pod template, for what no field says.")
        @PreserveUnknownFields
        Map<String, Object> podTemplatePatch) {
  public LogAgentClassSpec {
    image = Given.or(image, Image.DEFAULT);
    placement = Given.or(placement, Placement.ANYWHERE);
    resources = Given.or(resources, Resources.DEFAULT);
    rollout = Given.or(rollout, Rollout.DEFAULT);
    access = Given.or(access, Access.DEFAULT);
    security = Given.or(security, Security.DEFAULT);
    defaults = Given.or(defaults, ClassDefaults.NONE);
    tenants = Given.or(tenants, TenantPolicy.NOBODY);
    secrets = Given.or(secrets, ClassSecrets.OWN);
    networkPolicy = Given.or(networkPolicy, ClassNetworkPolicy.DEFAULT);
    monitoring = Given.or(monitoring, Monitoring.DEFAULT);
    podTemplatePatch = Given.map(podTemplatePatch);
  }
}
