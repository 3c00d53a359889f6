package dev.weir.operator.render;

import dev.weir.operator.api.Reason;
import java.util.List;

/// Whose secrets a pipeline may use.
final class SecretChecks {
  private SecretChecks() {}

  static void check(RenderInput input, List<SecretRef> refs, Problems problems) {
    if (!input.cluster()) {
      return;
    }
    List<String> others = input.agents().secrets().allowedNamespaces();
    for (SecretRef ref : refs) {
      String namespace = ref.namespace();
      if (!namespace.equals(input.agents().namespace()) && !others.contains(namespace)) {
        problems.add(
            Reason.NOT_ALLOWED_BY_CLASS,
            ref.path() + ".namespace",
            "the class does not open secrets of the namespace "
                + namespace
                + "; add it to spec.secrets.allowedNamespaces of the class");
      }
    }
  }
}
