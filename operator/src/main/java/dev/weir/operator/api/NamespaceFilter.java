package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which namespaces a ClusterLogPipeline reads. A namespace is read when names or selector mean it,
/// or both are empty, and exclude does not.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!((has(self.names) && self.names.size() > 0) && has(self.selector))",
    message = "give names or selector, not both")
public record NamespaceFilter(
    @JsonPropertyDescription("Namespaces to read.") @Size(max = 256)
        List<@Size(min = 1, max = 63) @Pattern(Syntax.DNS_LABEL) String> names,
    @JsonPropertyDescription("Namespaces that are left out.") @Size(max = 256)
        List<@Size(min = 1, max = 63) @Pattern(Syntax.DNS_LABEL) String> exclude,
    @JsonPropertyDescription("Labels of the namespaces to read.") @Nullable LabelSelector selector,
    @JsonPropertyDescription(
            "Whether kube-system, kube-public and kube-node-lease are read too where they are not named.")
        @Default("false")
        boolean includeSystem) {
  public NamespaceFilter {
    names = Given.list(names);
    exclude = Given.list(exclude);
  }

  public static final NamespaceFilter ALL = new NamespaceFilter(List.of(), List.of(), null, false);
}
