package dev.weir.operator.reconcile;

import dev.weir.operator.children.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Applies statuses, through their own subresource.
final class StatusPatch {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Names.FIELD_MANAGER)
          .withForce(true)
          .build();

  private StatusPatch() {}

  /// @param object with its name and its status, and nothing else
  static void apply(KubernetesClient client, HasMetadata object) {
    client.resource(object).subresource("status").patch(APPLY);
  }
}
