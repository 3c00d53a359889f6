package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/// Files of the nodes, below the paths that the class opens.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.path.startsWith('/') && !self.path.contains('..') && !self.path.contains('//')",
    message = "path must begin with / and hold neither .. nor //")
@ValidationRule(
    value =
        "!has(self.exclude) || self.exclude.all(p, p.startsWith('/') && !p.contains('..') && !p.contains('//'))",
    message = "exclude must begin with / and hold neither .. nor //")
@ValidationRule(
    value =
        "!has(self.labels) || self.labels.all(k, k.matches('^[a-zA-Z_][a-zA-Z0-9_]{0,63}$') && !k.startsWith('__'))",
    message = "labels must be of letters, digits and _, begin with no digit, and not begin with __")
public record HostFilesInput(
    @JsonPropertyDescription("Glob of absolute paths on the node, such as /var/log/audit/*.log.")
        @Required
        @Size(min = 2, max = 512)
        String path,
    @JsonPropertyDescription("Globs of paths that are left out.") @Size(max = 16)
        List<@Size(min = 2, max = 512) String> exclude,
    @JsonPropertyDescription("Labels of the lines.") @Size(max = 8)
        Map<String, @Size(max = 1024) String> labels,
    @JsonPropertyDescription("Encoding of the files, by its IANA name; UTF-8 when empty.")
        @Size(max = 32)
        @Pattern("^[A-Za-z0-9_-]*$")
        String encoding) {
  public HostFilesInput {
    exclude = Given.list(exclude);
    labels = Given.map(labels);
    encoding = Given.or(encoding, "");
  }
}
