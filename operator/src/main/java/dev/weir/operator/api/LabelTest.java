package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at a label.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.__in__) && self.__in__.size() > 0, has(self.regex), has(self.exists)].exists_one(x, x)",
    message = "give exactly one of in, regex, exists")
public record LabelTest(
    @JsonPropertyDescription("Name of the label.")
        @Required
        @Size(max = 64)
        @Pattern(Syntax.LABEL_NAME)
        String name,
    @JsonPropertyDescription("Values of which it has one.") @Size(max = 32)
        List<@Size(max = 256) String> in,
    @JsonPropertyDescription("RE2 expression that the whole value matches.")
        @Size(min = 1, max = 1024)
        @Nullable String regex,
    @JsonPropertyDescription("Whether it is there.") @Nullable Boolean exists) {
  public LabelTest {
    in = Given.list(in);
  }
}
