package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One step of a pipeline: exactly one of its fields, beside when.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.drop), has(self.keep), has(self.sample), has(self.rateLimit), has(self.redact), has(self.replace), has(self.labels), has(self.metadata), has(self.truncate)].exists_one(x, x)",
    message =
        "give exactly one of drop, keep, sample, rateLimit, redact, replace, labels, metadata, truncate")
public record Stage(
    @JsonPropertyDescription("Drops the entries that it means.") @Nullable Condition drop,
    @JsonPropertyDescription("Drops all other entries.") @Nullable Condition keep,
    @JsonPropertyDescription("Keeps a part of the lines, chosen at random.")
        @Nullable SampleStage sample,
    @JsonPropertyDescription("Limits how many lines pass.") @Nullable RateLimitStage rateLimit,
    @JsonPropertyDescription("Takes secrets out of the line.") @Nullable RedactStage redact,
    @JsonPropertyDescription("Replaces every match of an expression.")
        @Nullable ReplaceStage replace,
    @JsonPropertyDescription("Changes labels.") @Nullable LabelsStage labels,
    @JsonPropertyDescription("Changes structured metadata.") @Nullable MetadataStage metadata,
    @JsonPropertyDescription("Cuts long lines.") @Nullable TruncateStage truncate,
    @JsonPropertyDescription("Which entries the step is for; all when left out.")
        @Nullable Condition when) {}
