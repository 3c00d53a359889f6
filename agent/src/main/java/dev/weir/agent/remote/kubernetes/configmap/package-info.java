/// `remote.kubernetes.configmap`: the data of a ConfigMap.
@NullMarked
package dev.weir.agent.remote.kubernetes.configmap;

import org.jspecify.annotations.NullMarked;
