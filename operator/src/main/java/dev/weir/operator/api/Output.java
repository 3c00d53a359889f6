package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One destination. Destinations do not wait for one another.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.tls) || !has(self.loki) || self.loki.url.startsWith('https://')",
    message = "tls needs a url that begins with https://")
@ValidationRule(
    value =
        "!has(self.auth) || !has(self.headers) || self.headers.all(h, h.name.lowerAscii() != 'authorization')",
    message = "auth and a header authorization exclude each other")
@ValidationRule(
    value =
        "!has(self.proxyURL) || (isURL(self.proxyURL) && self.proxyURL.matches('^(http|socks5|socks5h)://[A-Za-z0-9._:\\\\[\\\\]-]+([/?][!-\\\"$-?A-~]*)?$'))",
    message = "proxyURL must be http:// or socks5://, without user, fragment, blanks")
@ValidationRule(
    value =
        "!has(self.timeout) || (duration(self.timeout) >= duration('100ms') && duration(self.timeout) <= duration('5m'))",
    message = "timeout must be from 100ms to 5m")
public record Output(
    @JsonPropertyDescription("Name of the destination in the pipeline and its status.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        String name,
    @JsonPropertyDescription("A Loki.") @Required @Nullable LokiOutput loki,
    @JsonPropertyDescription("How the agents tell who they are.") @Nullable Auth auth,
    @JsonPropertyDescription("How the connection is made secret.") @Nullable Tls tls,
    @JsonPropertyDescription("Headers of every push.") @Size(max = 16) List<Header> headers,
    @JsonPropertyDescription("Proxy on the way.") @Size(min = 1, max = 2048)
        @Nullable String proxyURL,
    @JsonPropertyDescription("How long an answer may take.")
        @Default("10s")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String timeout,
    @JsonPropertyDescription("How pushes are sent again; as the class says when left out.")
        @Nullable Retry retry,
    @JsonPropertyDescription("What waits in memory; as the class says when left out.")
        @Nullable Buffer buffer,
    @JsonPropertyDescription("Which entries are for this destination; all when left out.")
        @Nullable Condition when) {
  public Output {
    headers = Given.list(headers);
    timeout = Given.or(timeout, "10s");
  }
}
