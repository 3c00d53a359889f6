package dev.weir.operator.children;

import dev.weir.operator.api.Capability;
import dev.weir.operator.api.Image;
import dev.weir.operator.api.Resources;
import dev.weir.operator.api.Security;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the pods of both kinds of agents have in common.
final class PodParts {
  static final int PORT = 12345;
  static final String PIPELINES = "/etc/weir/pipelines";
  static final String SECRETS = "/etc/weir/secrets";
  static final String STATE = "/var/lib/weir";

  private static final long MEBIBYTE = 1L << 20;
  private static final long ROOT = 0;

  private PodParts() {}

  static Container agent(ClassFacts facts, List<VolumeMount> mounts) {
    return new ContainerBuilder()
        .withName("agent")
        .withImage(image(facts.spec().image(), facts.defaultImage()))
        .withImagePullPolicy(pullPolicy(facts))
        .withCommand("/usr/bin/weir")
        .withArgs(
            "run",
            "--pipelines.dir=" + PIPELINES,
            "--pipelines.secrets-dir=" + SECRETS,
            "--storage.path=" + STATE,
            "--server.http.listen-addr=0.0.0.0:" + PORT)
        .withEnv(environment(facts.spec().resources()))
        .addNewPort()
        .withName("http")
        .withContainerPort(PORT)
        .withProtocol("TCP")
        .endPort()
        // Whoever is unhealthy, as with a Loki that is down, must not be restarted for it.
        .withStartupProbe(probe("/-/alive", 1, 60))
        .withLivenessProbe(probe("/-/alive", 20, 3))
        .withReadinessProbe(probe("/-/ready", 10, 3))
        .withResources(
            new ResourceRequirementsBuilder()
                .withRequests(new TreeMap<>(facts.spec().resources().requests()))
                .withLimits(new TreeMap<>(facts.spec().resources().limits()))
                .build())
        .withSecurityContext(restricted(facts.spec().security()))
        .withVolumeMounts(mounts)
        .build();
  }

  /// Gives the directory of the node to the agents' user, as Kubernetes makes it root's.
  static Container stateOwner(ClassFacts facts, VolumeMount state) {
    Security security = facts.spec().security();
    return new ContainerBuilder()
        .withName("state")
        .withImage(image(facts.spec().image(), facts.defaultImage()))
        .withImagePullPolicy(pullPolicy(facts))
        .withCommand("chown", "-R", security.runAsUser() + ":" + security.runAsGroup(), STATE)
        .withSecurityContext(
            new SecurityContextBuilder()
                .withRunAsUser(ROOT)
                .withRunAsNonRoot(false)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .withAdd("CHOWN", "DAC_OVERRIDE")
                .endCapabilities()
                .build())
        .withResources(
            new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity("16Mi"))
                .addToLimits("memory", new Quantity("64Mi"))
                .build())
        .withVolumeMounts(state)
        .build();
  }

  /// The class's image, or the one that the operator was started with.
  static String image(Image image, String fallback) {
    int tag = tagStart(fallback);
    String repository = image.repository();
    String name = repository == null ? fallback.substring(0, tag) : repository;
    if (image.digest() != null) {
      return name + "@" + image.digest();
    }
    return image.tag() == null ? name + fallback.substring(tag) : name + ":" + image.tag();
  }

  private static int tagStart(String image) {
    int digest = image.indexOf('@');
    if (digest >= 0) {
      return digest;
    }
    int colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? colon : image.length();
  }

  private static String pullPolicy(ClassFacts facts) {
    return switch (facts.spec().image().pullPolicy()) {
      case ALWAYS -> "Always";
      case IF_NOT_PRESENT -> "IfNotPresent";
      case NEVER -> "Never";
    };
  }

  static List<LocalObjectReference> pullSecrets(ClassFacts facts) {
    return facts.spec().image().pullSecrets().stream().map(LocalObjectReference::new).toList();
  }

  private static List<EnvVar> environment(Resources resources) {
    return List.of(
        downward("NODE_NAME", "spec.nodeName"),
        downward("POD_NAME", "metadata.name"),
        downward("POD_NAMESPACE", "metadata.namespace"),
        new EnvVarBuilder().withName("WEIR_HEAP").withValue(heap(resources)).build());
  }

  private static EnvVar downward(String name, String field) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(field)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  /// The heap that the class leaves of the memory limit, as `-Xmx` takes it.
  static String heap(Resources resources) {
    Map<String, Quantity> limits = resources.limits();
    Quantity memory = limits.getOrDefault("memory", new Quantity("512Mi"));
    long bytes = Quantity.getAmountInBytes(memory).longValue();
    return String.format(Locale.ROOT, "%dm", bytes / MEBIBYTE * resources.heapPercent() / 100);
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withHttpGet(
            new HTTPGetActionBuilder()
                .withPath(path)
                .withNewPort("http")
                .withScheme("HTTP")
                .build())
        .withPeriodSeconds(periodSeconds)
        .withFailureThreshold(failures)
        .withTimeoutSeconds(3)
        .build();
  }

  private static SecurityContext restricted(Security security) {
    var context =
        new SecurityContextBuilder()
            .withAllowPrivilegeEscalation(false)
            .withPrivileged(false)
            .withReadOnlyRootFilesystem(true)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities();
    for (Capability added : security.addCapabilities()) {
      context.editCapabilities().addToAdd(added.name()).endCapabilities();
    }
    return context.build();
  }

  static PodSecurityContext podSecurity(Security security) {
    var context =
        new PodSecurityContextBuilder()
            .withRunAsUser(security.runAsUser())
            .withRunAsGroup(security.runAsGroup())
            .withRunAsNonRoot(security.runAsUser() != ROOT)
            .withFsGroup(security.runAsGroup())
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile();
    if (security.seLinuxType() != null) {
      context.withNewSeLinuxOptions().withType(security.seLinuxType()).endSeLinuxOptions();
    }
    return context.build();
  }
}
