package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One test of an entry: exactly one of its fields, beside not.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.line), has(self.label), has(self.severityAtLeast), has(self.severityAtMost), has(self.olderThan)].exists_one(x, x)",
    message = "give exactly one of line, label, severityAtLeast, severityAtMost, olderThan")
public record Test(
    @JsonPropertyDescription("Looks at the text.") @Nullable LineTest line,
    @JsonPropertyDescription("Looks at a label.") @Nullable LabelTest label,
    @JsonPropertyDescription(
            "Severity that the entry has at least; one without severity does not pass.")
        @Nullable Severity severityAtLeast,
    @JsonPropertyDescription(
            "Severity that the entry has at most; one without severity does not pass.")
        @Nullable Severity severityAtMost,
    @JsonPropertyDescription("Age that the entry has at least, such as 1h.")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        @Nullable String olderThan,
    @JsonPropertyDescription("Whether the test is turned round.") @Default("false") boolean not) {}
