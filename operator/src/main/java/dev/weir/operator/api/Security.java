package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What agents are allowed on a node.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.stateDir) || !self.stateDir.contains('..')",
    message = "stateDir must not hold ..")
public record Security(
    @JsonPropertyDescription("User that agents run as.") @Default("10001") @Min(0) @Max(2147483647)
        Long runAsUser,
    @JsonPropertyDescription("Group that agents run as.") @Default("0") @Min(0) @Max(2147483647)
        Long runAsGroup,
    @JsonPropertyDescription("Capabilities beside none.") @Size(max = 1)
        List<Capability> addCapabilities,
    @JsonPropertyDescription("SELinux type of the pods.")
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z0-9_]+$")
        @Nullable String seLinuxType,
    @JsonPropertyDescription(
            "Whether what OpenShift asks for is made; Auto looks whether it is one.")
        @Default("Auto")
        Switch openshift,
    @JsonPropertyDescription("Directory of the nodes for the agents' places in logs.")
        @Default("/var/lib/weir")
        @Size(min = 2, max = 256)
        @Pattern("^/[A-Za-z0-9._/-]+$")
        String stateDir,
    @JsonPropertyDescription(
            "How that directory is prepared: InitContainer gives it to the user, HostTmp takes one that everybody may write, Prepared leaves it to you.")
        @Default("InitContainer")
        StateInit stateInit) {
  public Security {
    runAsUser = Given.or(runAsUser, 10001L);
    runAsGroup = Given.or(runAsGroup, 0L);
    addCapabilities = Given.list(addCapabilities);
    openshift = Given.or(openshift, Switch.AUTO);
    stateDir = Given.or(stateDir, "/var/lib/weir");
    stateInit = Given.or(stateInit, StateInit.INIT_CONTAINER);
  }

  static final Security DEFAULT =
      new Security(
          10001L, 0L, List.of(), null, Switch.AUTO, "/var/lib/weir", StateInit.INIT_CONTAINER);
}
