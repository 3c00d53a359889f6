package dev.weir.operator.children;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;

/// The volumes of agents. All shards are named, whether they exist or not, so that a shard can
/// appear without a new pod.
final class PodVolumes {
  private static final int SECRET_MODE = 0440;
  private static final int CONFIG_MODE = 0444;

  private final List<Volume> volumes = new ArrayList<>();
  private final List<VolumeMount> mounts = new ArrayList<>();

  List<Volume> volumes() {
    return List.copyOf(volumes);
  }

  List<VolumeMount> mounts() {
    return List.copyOf(mounts);
  }

  VolumeMount mount(String volume) {
    return mounts.stream()
        .filter(mount -> mount.getName().equals(volume))
        .findFirst()
        .orElseThrow();
  }

  PodVolumes configuration(List<String> configMaps) {
    List<VolumeProjection> sources = configMaps.stream().map(PodVolumes::configMap).toList();
    return projected("pipelines", PodParts.PIPELINES, CONFIG_MODE, sources);
  }

  PodVolumes secrets(String className) {
    var sources = new ArrayList<VolumeProjection>();
    for (int shard = 0; shard < Names.SHARDS; shard++) {
      sources.add(secret(Names.secrets(className, shard)));
    }
    return projected("secrets", PodParts.SECRETS, SECRET_MODE, sources);
  }

  private PodVolumes projected(String name, String path, int mode, List<VolumeProjection> sources) {
    volumes.add(
        new VolumeBuilder()
            .withName(name)
            .withNewProjected()
            .withDefaultMode(mode)
            .withSources(sources)
            .endProjected()
            .build());
    return mounted(name, path, true);
  }

  private static VolumeProjection configMap(String name) {
    return new VolumeProjectionBuilder()
        .withNewConfigMap()
        .withName(name)
        .withOptional(true)
        .endConfigMap()
        .build();
  }

  private static VolumeProjection secret(String name) {
    return new VolumeProjectionBuilder()
        .withNewSecret()
        .withName(name)
        .withOptional(true)
        .endSecret()
        .build();
  }

  /// A directory of the node that agents only read.
  PodVolumes node(String name, String path) {
    return host(name, path, path, "", true);
  }

  PodVolumes state(String hostPath) {
    return host("state", hostPath, PodParts.STATE, "DirectoryOrCreate", false);
  }

  /// State that need not outlive the pod.
  PodVolumes passingState() {
    volumes.add(new VolumeBuilder().withName("state").withNewEmptyDir().endEmptyDir().build());
    return mounted("state", PodParts.STATE, false);
  }

  private PodVolumes host(String name, String hostPath, String path, String type, boolean read) {
    volumes.add(
        new VolumeBuilder()
            .withName(name)
            .withNewHostPath()
            .withPath(hostPath)
            .withType(type)
            .endHostPath()
            .build());
    return mounted(name, path, read);
  }

  /// For native libraries, which are unpacked at the start.
  PodVolumes temporary() {
    volumes.add(
        new VolumeBuilder()
            .withName("tmp")
            .withNewEmptyDir()
            .withSizeLimit(new Quantity("64Mi"))
            .endEmptyDir()
            .build());
    return mounted("tmp", "/tmp", false);
  }

  private PodVolumes mounted(String name, String path, boolean readOnly) {
    var mount = new VolumeMountBuilder().withName(name).withMountPath(path);
    // The API server leaves out what is false: said here, it would look like somebody's change.
    if (readOnly) {
      mount.withReadOnly(true);
    }
    mounts.add(mount.build());
    return this;
  }
}
