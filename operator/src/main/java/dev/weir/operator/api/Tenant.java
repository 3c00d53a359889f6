package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Which tenant of Loki lines are for.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.value) == ((has(self.mode) ? self.mode : 'None') == 'Static')",
    message = "mode Static needs value, and other modes have none")
@ValidationRule(
    value =
        "has(self.key) == ((has(self.mode) ? self.mode : 'None') in ['NamespaceLabel', 'NamespaceAnnotation'])",
    message = "modes NamespaceLabel and NamespaceAnnotation need key, and other modes have none")
@ValidationRule(
    value =
        "!has(self.default) || (has(self.mode) ? self.mode : 'None') in ['NamespaceLabel', 'NamespaceAnnotation']",
    message = "default needs mode NamespaceLabel or NamespaceAnnotation")
public record Tenant(
    @JsonPropertyDescription("Where the tenant comes from.") @Default("None") TenantMode mode,
    @JsonPropertyDescription("The tenant, of mode Static.")
        @Size(min = 1, max = 150)
        @Pattern("^[A-Za-z0-9!._*'()-]+$")
        @Nullable String value,
    @JsonPropertyDescription(
            "The label or annotation of the namespace, of modes NamespaceLabel and NamespaceAnnotation.")
        @Size(min = 1, max = 317)
        @Pattern(Syntax.KUBERNETES_KEY)
        @Nullable String key,
    @JsonPropertyDescription("The tenant of namespaces without that label or annotation.")
        @JsonProperty("default")
        @Size(min = 1, max = 150)
        @Pattern("^[A-Za-z0-9!._*'()-]+$")
        @Nullable String fallback) {
  public Tenant {
    mode = Given.or(mode, TenantMode.NONE);
  }

  static final Tenant NONE = new Tenant(TenantMode.NONE, null, null, null);
}
