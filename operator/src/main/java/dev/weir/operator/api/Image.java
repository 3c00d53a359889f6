package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The agents' image.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!(has(self.tag) && has(self.digest))",
    message = "give tag or digest, not both")
public record Image(
    @JsonPropertyDescription("Name without tag; that of this release when left out.")
        @Size(min = 1, max = 255)
        @Pattern("^[a-z0-9]([a-zA-Z0-9._:/-]*[a-zA-Z0-9])?$")
        @Nullable String repository,
    @JsonPropertyDescription("Tag; the operator's version when left out.")
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z0-9_][A-Za-z0-9_.-]*$")
        @Nullable String tag,
    @JsonPropertyDescription("Digest instead of a tag.")
        @Size(min = 71, max = 71)
        @Pattern("^sha256:[a-f0-9]{64}$")
        @Nullable String digest,
    @JsonPropertyDescription("When the image is pulled.") @Default("IfNotPresent")
        PullPolicy pullPolicy,
    @JsonPropertyDescription("Secrets to pull with, in the namespace of the agents.") @Size(max = 8)
        List<@Size(min = 1, max = 253) @Pattern(Syntax.DNS_NAME) String> pullSecrets) {
  public Image {
    pullPolicy = Given.or(pullPolicy, PullPolicy.IF_NOT_PRESENT);
    pullSecrets = Given.list(pullSecrets);
  }

  static final Image DEFAULT = new Image(null, null, null, PullPolicy.IF_NOT_PRESENT, List.of());
}
