package dev.weir.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/// Collects logs of any namespace, or of the nodes themselves; for administrators.
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("ClusterLogPipeline")
@Singular("clusterlogpipeline")
@Plural("clusterlogpipelines")
@ShortNames("clgp")
@AdditionalPrinterColumn(
    name = "Class",
    jsonPath = ".status.class",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type=='Ready')].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Flow",
    jsonPath = ".status.conditions[?(@.type=='FlowHealthy')].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Pods",
    jsonPath = ".status.targets.pods",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Applied",
    jsonPath = ".status.agents.applied",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Agents",
    jsonPath = ".status.agents.desired",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Revision",
    jsonPath = ".status.revision",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@ValidationRule(
    value =
        "[has(self.spec.input.pods), has(self.spec.input.events), has(self.spec.input.hostFiles) && self.spec.input.hostFiles.size() > 0, has(self.spec.input.journal)].exists_one(x, x)",
    message = "give exactly one of pods, events, hostFiles, journal",
    fieldPath = ".spec.input")
@ValidationRule(
    value = "self.metadata.name.size() <= 63",
    message = "the name must have at most 63 characters")
public final class ClusterLogPipeline extends CustomResource<PipelineSpec, PipelineStatus> {
  @Serial private static final long serialVersionUID = 1;
}
