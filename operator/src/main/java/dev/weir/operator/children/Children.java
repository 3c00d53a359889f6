package dev.weir.operator.children;

import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.api.Switch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/// The objects of a class beside its configuration and secrets.
public final class Children {
  private Children() {}

  /// In the order in which they are to be applied.
  public static List<HasMetadata> of(ClassFacts facts) {
    var objects = new ArrayList<HasMetadata>(Access.of(facts, openShift(facts)));
    objects.add(Network.service(facts));
    objects.addAll(Network.policies(facts));
    objects.add(AgentDaemonSet.of(facts));
    if (facts.events()) {
      objects.add(EventsDeployment.of(facts));
    }
    objects.addAll(Monitors.of(facts));
    return objects;
  }

  private static boolean openShift(ClassFacts facts) {
    Switch choice = facts.spec().security().openshift();
    return choice == Switch.ENABLED || (choice == Switch.AUTO && facts.cluster().openShift());
  }

  /// The image that agents of a class run.
  ///
  /// @param fallback where the class names none
  public static String image(LogAgentClassSpec spec, String fallback) {
    return PodParts.image(spec.image(), fallback);
  }
}
