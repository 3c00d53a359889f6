package dev.weir.operator.children;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of a class's pipelines, spread over its ConfigMaps.
///
/// A file lies where the hash of its name says, so that a change touches one ConfigMap; where that
/// one is full it lies in the next with room. Files come in the order in which they have a right to
/// be there, oldest first.
public final class ConfigShards {
  /// Bytes of files of one ConfigMap, of the mebibyte that an object may have: they are told in
  /// Base64, which takes a third more.
  public static final int BUDGET = 700 * 1024;

  private final List<Map<String, PipelineFile>> nodes = new ArrayList<>();
  private final Map<String, PipelineFile> events = new TreeMap<>();
  private final int[] sizes = new int[Names.SHARDS + 1];
  private final int budget;

  public ConfigShards() {
    this(BUDGET);
  }

  ConfigShards(int budget) {
    this.budget = budget;
    for (int shard = 0; shard < Names.SHARDS; shard++) {
      nodes.add(new TreeMap<>());
    }
  }

  /// Places a file for the agents of the nodes; false when there is no room.
  public boolean add(PipelineFile file) {
    int home = Math.floorMod(file.name().hashCode(), Names.SHARDS);
    for (int step = 0; step < Names.SHARDS; step++) {
      int shard = (home + step) % Names.SHARDS;
      if (fits(shard, file)) {
        nodes.get(shard).put(file.name(), file);
        return true;
      }
    }
    return false;
  }

  /// Places a file for the one agent that reads events; false when there is no room.
  public boolean addEvents(PipelineFile file) {
    if (!fits(Names.SHARDS, file)) {
      return false;
    }
    events.put(file.name(), file);
    return true;
  }

  private boolean fits(int shard, PipelineFile file) {
    if (sizes[shard] + file.compressed().length > budget) {
      return false;
    }
    sizes[shard] += file.compressed().length;
    return true;
  }

  /// How much of the room of the fullest ConfigMap is taken.
  public double usage() {
    int fullest = 0;
    for (int size : sizes) {
      fullest = Math.max(fullest, size);
    }
    return (double) fullest / budget;
  }

  /// Whether any pipeline reads events.
  public boolean hasEvents() {
    return !events.isEmpty();
  }

  /// First digits of a hash of everything that agents get.
  ///
  /// @param namespaces text of `namespaces.json`
  public String revision(String namespaces) {
    var all = new ArrayList<PipelineFile>(events.values());
    nodes.forEach(shard -> all.addAll(shard.values()));
    all.sort(Comparator.comparing(PipelineFile::name));
    var text = new StringBuilder(namespaces);
    all.forEach(file -> text.append('\n').append(file));
    return PipelineFile.hash(text.toString());
  }

  /// The ConfigMaps; those without files are left out, but for the head.
  ///
  /// @param namespaces text of `namespaces.json`
  public List<ConfigMap> objects(ClassFacts facts, String namespaces) {
    var objects = new ArrayList<ConfigMap>();
    for (int shard = 0; shard < Names.SHARDS; shard++) {
      if (!nodes.get(shard).isEmpty()) {
        objects.add(shard(facts, Names.config(facts.name(), shard), Names.AGENT, nodes.get(shard)));
      }
    }
    if (hasEvents()) {
      objects.add(shard(facts, Names.events(facts.name()), Names.SINGLETON, events));
    }
    // Last: agents that see the revision find its files.
    objects.add(head(facts, namespaces));
    return objects;
  }

  private ConfigMap head(ClassFacts facts, String namespaces) {
    return new ConfigMapBuilder()
        .withMetadata(Names.metadata(facts, Names.head(facts.name()), Names.AGENT))
        .addToData("head.json", "{\"revision\":\"" + revision(namespaces) + "\"}")
        .addToData("namespaces.json", namespaces)
        .build();
  }

  private static ConfigMap shard(
      ClassFacts facts, String name, String component, Map<String, PipelineFile> files) {
    var data = new LinkedHashMap<String, String>();
    files.forEach(
        (key, file) -> data.put(key, Base64.getEncoder().encodeToString(file.compressed())));
    return new ConfigMapBuilder()
        .withMetadata(Names.metadata(facts, name, component))
        .withBinaryData(data)
        .build();
  }
}
