package dev.weir.operator.children;

import dev.weir.operator.api.ClassNetworkPolicy;
import dev.weir.operator.api.NetworkPolicyMode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Whom agents talk to.
final class Network {
  private static final int DNS = 53;
  private static final List<Integer> API_SERVER = List.of(443, 6443);

  private Network() {}

  /// A headless service: every agent has a name and an address of its own.
  static Service service(ClassFacts facts) {
    return new ServiceBuilder()
        .withMetadata(Names.metadata(facts, Names.agent(facts.name()), Names.AGENT))
        .withNewSpec()
        .withType("ClusterIP")
        .withClusterIP("None")
        .withSelector(Names.selector(facts.name(), Names.AGENT))
        .addNewPort()
        .withName("http")
        .withPort(PodParts.PORT)
        .withProtocol("TCP")
        .withNewTargetPort("http")
        .endPort()
        .endSpec()
        .build();
  }

  static List<NetworkPolicy> policies(ClassFacts facts) {
    if (facts.spec().networkPolicy().mode() == NetworkPolicyMode.NONE) {
      return List.of();
    }
    return List.of(
        new NetworkPolicyBuilder()
            .withMetadata(Names.metadata(facts, Names.agent(facts.name()), Names.AGENT))
            .withNewSpec()
            .withNewPodSelector()
            .addToMatchLabels(Names.INSTANCE, facts.name())
            .addToMatchLabels(Names.NAME, "weir-agent")
            .endPodSelector()
            .withPolicyTypes("Ingress", "Egress")
            .withIngress(ingress(facts))
            .withEgress(egress(facts))
            .endSpec()
            .build());
  }

  /// The operator asks how pipelines do, Prometheus takes the metrics; nobody else.
  private static NetworkPolicyIngressRule ingress(ClassFacts facts) {
    return new NetworkPolicyIngressRuleBuilder()
        .addToFrom(
            peer(
                Map.of("kubernetes.io/metadata.name", facts.operatorNamespace()),
                Map.of(Names.NAME, "weir-operator")))
        .addToFrom(peer(Map.of(), Map.of(Names.NAME, "prometheus")))
        .addToPorts(port("TCP", PodParts.PORT))
        .build();
  }

  private static NetworkPolicyPeer peer(
      Map<String, String> namespaceLabels, Map<String, String> podLabels) {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(new LabelSelectorBuilder().withMatchLabels(namespaceLabels).build())
        .withPodSelector(new LabelSelectorBuilder().withMatchLabels(podLabels).build())
        .build();
  }

  private static NetworkPolicyPort port(String protocol, int port) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(port))
        .build();
  }

  private static List<NetworkPolicyEgressRule> egress(ClassFacts facts) {
    ClassNetworkPolicy policy = facts.spec().networkPolicy();
    if (policy.mode() == NetworkPolicyMode.ALLOW_ALL) {
      return List.of(new NetworkPolicyEgressRule());
    }
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(
        new NetworkPolicyEgressRuleBuilder()
            .addToPorts(port("UDP", DNS), port("TCP", DNS))
            .build());
    var ports = new TreeSet<Integer>(API_SERVER);
    ports.addAll(facts.ports());
    rules.add(
        new NetworkPolicyEgressRuleBuilder()
            .withPorts(ports.stream().map(number -> port("TCP", number)).toList())
            .build());
    policy
        .extraEgress()
        .forEach(rule -> rules.add(Conversion.convert(rule, NetworkPolicyEgressRule.class)));
    return rules;
  }
}
