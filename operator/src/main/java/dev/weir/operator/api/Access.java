package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// What of a node agents see.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.hostPaths) || self.hostPaths.all(p, p.matches('^(/[A-Za-z0-9._@+-]+)+$') && !p.contains('/..') && !p.contains('/./'))",
    message =
        "hostPaths must be absolute directories without .., //, or a / at the end; / itself is not allowed")
@ValidationRule(
    value =
        "!has(self.hostPaths) || self.hostPaths.all(p, ['/etc', '/var/lib/kubelet', '/root', '/proc', '/sys', '/dev', '/boot', '/run', '/home'].all(b, p != b && !p.startsWith(b + '/')))",
    message =
        "hostPaths must not be or lie below /etc, /var/lib/kubelet, /root, /proc, /sys, /dev, /boot, /run, /home")
public record Access(
    @JsonPropertyDescription("Whether they see the logs of pods.") @Default("true") Boolean podLogs,
    @JsonPropertyDescription("Whether they see the journal.") @Default("false") boolean journal,
    @JsonPropertyDescription("Directories whose files ClusterLogPipelines may read.")
        @Size(max = 32)
        List<@Size(min = 2, max = 256) String> hostPaths,
    @JsonPropertyDescription("Whether pipelines may read events of Kubernetes.") @Default("true")
        Boolean events) {
  public Access {
    podLogs = Given.or(podLogs, true);
    hostPaths = Given.list(hostPaths);
    events = Given.or(events, true);
  }

  static final Access DEFAULT = new Access(true, false, List.of(), true);
}
