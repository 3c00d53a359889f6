/// The custom resources of `weir.dev/v1alpha1` as classes: `LogPipeline`, `ClusterLogPipeline`,
/// `LogAgentClass`. The CRDs under `crds/` are made of them.
///
/// Specs and statuses are immutable records. A value that is left out has the default that the
/// schema names, here as well, so that what an API server has not seen means the same.
@NullMarked
package dev.weir.operator.api;

import org.jspecify.annotations.NullMarked;
