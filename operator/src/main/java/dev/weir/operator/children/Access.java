package dev.weir.operator.children;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.ArrayList;
import java.util.List;

/// Who the agents are for the API server, and what they may ask it.
///
/// The ClusterRoles exist already; the operator may bind them but not make them.
final class Access {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String HOST_MOUNTS = "system:openshift:scc:hostmount-anyuid";

  private Access() {}

  static List<HasMetadata> of(ClassFacts facts, boolean openShift) {
    var objects = new ArrayList<HasMetadata>();
    String agent = Names.agent(facts.name());
    objects.add(account(facts, agent, Names.AGENT));
    objects.add(binding(facts, agent, Names.AGENT, facts.roles().agent()));
    if (facts.events()) {
      String singleton = Names.singleton(facts.name());
      objects.add(account(facts, singleton, Names.SINGLETON));
      objects.add(binding(facts, singleton, Names.SINGLETON, facts.roles().events()));
    }
    if (openShift) {
      objects.add(hostMounts(facts, agent));
    }
    return objects;
  }

  private static ServiceAccount account(ClassFacts facts, String name, String component) {
    return new ServiceAccountBuilder()
        .withMetadata(Names.metadata(facts, name, component))
        .withAutomountServiceAccountToken(false)
        .build();
  }

  private static ClusterRoleBinding binding(
      ClassFacts facts, String account, String component, String role) {
    return new ClusterRoleBindingBuilder()
        .withMetadata(
            Names.clusterMetadata(facts, "weir-" + facts.namespace() + "-" + account, component))
        .withNewRoleRef(RBAC, "ClusterRole", role)
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(account)
        .withNamespace(facts.namespace())
        .endSubject()
        .build();
  }

  private static RoleBinding hostMounts(ClassFacts facts, String account) {
    return new RoleBindingBuilder()
        .withMetadata(Names.metadata(facts, account + "-scc", Names.AGENT))
        .withNewRoleRef(RBAC, "ClusterRole", HOST_MOUNTS)
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(account)
        .withNamespace(facts.namespace())
        .endSubject()
        .build();
  }
}
