package dev.weir.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/// Collects logs of the pods of its own namespace.
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("LogPipeline")
@Singular("logpipeline")
@Plural("logpipelines")
@ShortNames("lgp")
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
    value = "has(self.spec.input.pods) != has(self.spec.input.events)",
    message = "give exactly one of pods, events",
    fieldPath = ".spec.input")
@ValidationRule(
    value =
        "!has(self.spec.stages) || self.spec.stages.all(s, !has(s.labels) || ((!has(s.labels.set) || s.labels.set.all(k, !(k in ['namespace', 'pod', 'container', 'node', 'stream', 'job', 'cluster']))) && (!has(s.labels.fromField) || s.labels.fromField.all(k, !(k in ['namespace', 'pod', 'container', 'node', 'stream', 'job', 'cluster']))) && (!has(s.labels.remove) || s.labels.remove.all(k, !(k in ['namespace', 'pod', 'container', 'node', 'stream', 'job', 'cluster'])))))",
    message = "labels namespace, pod, container, node, stream, job, cluster belong to Weir",
    fieldPath = ".spec.stages")
@ValidationRule(
    value = "self.metadata.name.size() <= 63",
    message = "the name must have at most 63 characters")
public final class LogPipeline extends CustomResource<PipelineSpec, PipelineStatus>
    implements Namespaced {
  @Serial private static final long serialVersionUID = 1;
}
