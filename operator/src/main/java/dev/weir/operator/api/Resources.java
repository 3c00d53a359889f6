package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/// What an agent may use.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resources(
    @JsonPropertyDescription("What is set aside for it; 50m CPU and 192Mi memory when left out.")
        @Size(max = 8)
        Map<String, Quantity> requests,
    @JsonPropertyDescription("What it gets at most; 512Mi memory when left out.") @Size(max = 8)
        Map<String, Quantity> limits,
    @JsonPropertyDescription("Part of the memory limit that is Java's heap.")
        @Default("60")
        @Min(20)
        @Max(90)
        Integer heapPercent) {
  public Resources {
    requests =
        Given.map(requests).isEmpty()
            ? Map.of("cpu", new Quantity("50m"), "memory", new Quantity("192Mi"))
            : Given.map(requests);
    limits =
        Given.map(limits).isEmpty() ? Map.of("memory", new Quantity("512Mi")) : Given.map(limits);
    heapPercent = Given.or(heapPercent, 60);
  }

  static final Resources DEFAULT = new Resources(Map.of(), Map.of(), 60);
}
