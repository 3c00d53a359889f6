package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What can be redacted without an expression of one's own.
public enum Builtin {
  @JsonProperty("email")
  EMAIL,
  @JsonProperty("ipv4")
  IPV4,
  @JsonProperty("ipv6")
  IPV6,
  @JsonProperty("creditCard")
  CREDIT_CARD,
  @JsonProperty("iban")
  IBAN,
  @JsonProperty("jwt")
  JWT,
  @JsonProperty("bearer")
  BEARER,
  @JsonProperty("awsKey")
  AWS_KEY,
  @JsonProperty("privateKey")
  PRIVATE_KEY
}
