package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// What waits in memory for a destination.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.maxBytes) || (quantity(self.maxBytes).compareTo(quantity('1Gi')) <= 0 && quantity(self.maxBytes).compareTo(quantity('64Ki')) >= 0)",
    message = "maxBytes must be from 64Ki to 1Gi")
public record Buffer(
    @JsonPropertyDescription("Bytes that wait at most, such as 10Mi.")
        @Default("10Mi")
        @Size(max = 16)
        @Pattern(Syntax.SIZE)
        String maxBytes,
    @JsonPropertyDescription(
            "Pause stops reading: the log files are the buffer. DropNewest drops and counts.")
        @Default("Pause")
        WhenFull whenFull) {
  public Buffer {
    maxBytes = Given.or(maxBytes, "10Mi");
    whenFull = Given.or(whenFull, WhenFull.PAUSE);
  }

  static final Buffer DEFAULT = new Buffer("10Mi", WhenFull.PAUSE);
}
