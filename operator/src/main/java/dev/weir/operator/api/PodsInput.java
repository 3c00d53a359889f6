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

/// The logs of pods.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.maxLineBytes) || (quantity(self.maxLineBytes).compareTo(quantity('1Mi')) <= 0 && quantity(self.maxLineBytes).compareTo(quantity('256')) >= 0)",
    message = "maxLineBytes must be from 256 to 1Mi")
public record PodsInput(
    @JsonPropertyDescription("Labels of the pods to read; all pods when left out.")
        @Nullable LabelSelector selector,
    @JsonPropertyDescription(
            "Which namespaces are read; all but those of the system when left out.")
        @ClusterOnly
        @Nullable NamespaceFilter namespaces,
    @JsonPropertyDescription("Which containers are read; all when left out.")
        ContainerFilter containers,
    @JsonPropertyDescription("Which outputs of the containers are read; both when empty.")
        @Size(max = 2)
        List<Stream> streams,
    @JsonPropertyDescription("Whether init containers are read.") @Default("true")
        Boolean includeInit,
    @JsonPropertyDescription(
            "Where reading begins in logs that were there before the pipeline. Logs that appear later are read from their beginning.")
        @Default("Now")
        StartAt startAt,
    @JsonPropertyDescription("Longest line, such as 256Ki; at most 1Mi.")
        @Default("256Ki")
        @Size(max = 16)
        @Pattern(Syntax.SIZE)
        String maxLineBytes,
    @JsonPropertyDescription("What becomes of longer lines.") @Default("Truncate")
        LongLine onLongLine,
    @JsonPropertyDescription("How many lines may pass, before anything else is done with them.")
        @Nullable RateLimit rateLimit) {
  public PodsInput {
    containers = Given.or(containers, ContainerFilter.ALL);
    streams = Given.list(streams);
    includeInit = Given.or(includeInit, true);
    startAt = Given.or(startAt, StartAt.NOW);
    maxLineBytes = Given.or(maxLineBytes, "256Ki");
    onLongLine = Given.or(onLongLine, LongLine.TRUNCATE);
  }
}
