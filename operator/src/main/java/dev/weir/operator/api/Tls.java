package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How a connection is made secret.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.cert) == has(self.key)",
    message = "give cert and key, or neither")
@ValidationRule(
    value = "!(has(self.caRef) && has(self.insecureSkipVerify) && self.insecureSkipVerify)",
    message = "insecureSkipVerify makes caRef useless: give one of them")
public record Tls(
    @JsonPropertyDescription(
            "Who signs the destination's certificate; the public authorities when left out.")
        @Nullable CaRef caRef,
    @JsonPropertyDescription("Certificate of the agents, in PEM.") @Nullable SecretKey cert,
    @JsonPropertyDescription("Its private key, in PEM.") @Nullable SecretKey key,
    @JsonPropertyDescription(
            "Name that the destination's certificate is for; that of the URL when left out.")
        @Size(min = 1, max = 253)
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$")
        @Nullable String serverName,
    @JsonPropertyDescription("Oldest version of TLS that is spoken.") @Default("TLS12")
        TlsVersion minVersion,
    @JsonPropertyDescription(
            "Whether any certificate of the destination is taken. Anybody between could then read and change the logs.")
        @Default("false")
        boolean insecureSkipVerify) {
  public Tls {
    minVersion = Given.or(minVersion, TlsVersion.TLS12);
  }
}
