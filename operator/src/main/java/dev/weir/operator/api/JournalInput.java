package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/// The nodes' journal of systemd.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.maxAge) || (duration(self.maxAge) >= duration('0s') && duration(self.maxAge) <= duration('720h'))",
    message = "maxAge must be from 0s to 720h")
@ValidationRule(
    value =
        "!has(self.matches) || self.matches.all(k, k.matches('^[A-Z_][A-Z0-9_]{0,63}$') && self.matches[k].matches('^[!-~]+$'))",
    message =
        "matches must have fields of the journal as keys, such as _TRANSPORT, and values without blanks")
public record JournalInput(
    @JsonPropertyDescription("Units to read, such as kubelet.service; all when empty.")
        @Size(max = 64)
        List<@Size(min = 1, max = 256) @Pattern("^[A-Za-z0-9@:_.\\\\-]+$") String> units,
    @JsonPropertyDescription("Fields that entries must have, such as _TRANSPORT: kernel.")
        @Size(max = 16)
        Map<String, @Size(max = 256) String> matches,
    @JsonPropertyDescription("How old entries may be when a node is read for the first time.")
        @Default("12h")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String maxAge) {
  public JournalInput {
    units = Given.list(units);
    matches = Given.map(matches);
    maxAge = Given.or(maxAge, "12h");
  }
}
