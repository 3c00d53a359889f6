package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Looks at the text of a line.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "[has(self.contains), has(self.regex), has(self.longerThan)].exists_one(x, x)",
    message = "give exactly one of contains, regex, longerThan")
public record LineTest(
    @JsonPropertyDescription("Text that the line contains.") @Size(min = 1, max = 1024)
        @Nullable String contains,
    @JsonPropertyDescription("RE2 expression that matches somewhere in the line.")
        @Size(min = 1, max = 1024)
        @Nullable String regex,
    @JsonPropertyDescription("Bytes, such as 16Ki, that the line is longer than.")
        @Size(max = 16)
        @Pattern(Syntax.SIZE)
        @Nullable String longerThan) {}
