package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is read, what is done with it, and where it goes.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(has(self.parse) && has(self.parse.severity)) || !has(self.stages) || !self.stages.exists(s, (has(s.drop) && ((has(s.drop.all) && s.drop.all.exists(t, has(t.severityAtLeast) || has(t.severityAtMost))) || (has(s.drop.any) && s.drop.any.exists(t, has(t.severityAtLeast) || has(t.severityAtMost))))) || (has(s.keep) && ((has(s.keep.all) && s.keep.all.exists(t, has(t.severityAtLeast) || has(t.severityAtMost))) || (has(s.keep.any) && s.keep.any.exists(t, has(t.severityAtLeast) || has(t.severityAtMost))))) || (has(s.when) && ((has(s.when.all) && s.when.all.exists(t, has(t.severityAtLeast) || has(t.severityAtMost))) || (has(s.when.any) && s.when.any.exists(t, has(t.severityAtLeast) || has(t.severityAtMost))))))",
    message = "tests of severity need parse.severity")
@ValidationRule(
    value =
        "(has(self.parse) && has(self.parse.severity)) || !self.outputs.exists(o, has(o.when) && ((has(o.when.all) && o.when.all.exists(t, has(t.severityAtLeast) || has(t.severityAtMost))) || (has(o.when.any) && o.when.any.exists(t, has(t.severityAtLeast) || has(t.severityAtMost)))))",
    message = "tests of severity need parse.severity")
@ValidationRule(
    value =
        "!has(self.enrich) || has(self.input.pods) || !((has(self.enrich.podLabels) && self.enrich.podLabels.size() > 0) || (has(self.enrich.podAnnotations) && self.enrich.podAnnotations.size() > 0) || (has(self.enrich.namespaceLabels) && self.enrich.namespaceLabels.size() > 0))",
    message = "podLabels, podAnnotations and namespaceLabels need the input pods")
public record PipelineSpec(
    @JsonPropertyDescription("Whose agents run the pipeline.") @Default("{}") ClassRef classRef,
    @JsonPropertyDescription(
            "Whether the pipeline is taken off the agents. They keep their places in the logs for seven days.")
        @Default("false")
        boolean suspend,
    @JsonPropertyDescription("What the pipeline is for.") @Size(max = 256) String description,
    @JsonPropertyDescription("What is read.") @Required Input input,
    @JsonPropertyDescription("How lines are read.") Parse parse,
    @JsonPropertyDescription("What is done with entries, in order.") @Size(max = 32)
        List<Stage> stages,
    @JsonPropertyDescription("What is added to lines of pods.") Enrich enrich,
    @JsonPropertyDescription("Which tenant of Loki lines are for; as the class says when left out.")
        @ClusterOnly
        @Nullable Tenant tenant,
    @JsonPropertyDescription("Where entries go.") @Required @Size(min = 1, max = 8) @ListKey("name")
        List<Output> outputs) {
  public PipelineSpec {
    classRef = Given.or(classRef, ClassRef.DEFAULT);
    description = Given.or(description, "");
    parse = Given.or(parse, Parse.NONE);
    stages = Given.list(stages);
    enrich = Given.or(enrich, Enrich.NOTHING);
    outputs = Given.list(outputs);
  }
}
