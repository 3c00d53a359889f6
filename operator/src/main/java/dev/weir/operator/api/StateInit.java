package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How the directory of the agents' state is prepared.
public enum StateInit {
  @JsonProperty("InitContainer")
  INIT_CONTAINER,
  @JsonProperty("HostTmp")
  HOST_TMP,
  @JsonProperty("Prepared")
  PREPARED
}
