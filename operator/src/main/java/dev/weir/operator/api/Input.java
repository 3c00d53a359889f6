package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is read: exactly one of its fields.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Input(
    @JsonPropertyDescription("Logs of pods.") @Nullable PodsInput pods,
    @JsonPropertyDescription("Events of Kubernetes.") @Nullable EventsInput events,
    @JsonPropertyDescription("Files of the nodes.") @ClusterOnly @Size(max = 32)
        List<HostFilesInput> hostFiles,
    @JsonPropertyDescription("The nodes' journal.") @ClusterOnly @Nullable JournalInput journal) {
  public Input {
    hostFiles = Given.list(hostFiles);
  }
}
