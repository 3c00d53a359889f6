package dev.weir.operator.reconcile;

import dev.weir.operator.children.PipelineFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes what a class's ConfigMaps and Secrets hold to directories, as the kubelet of a node does.
///
/// The node is a directory of the test, so the places that agents know by heart are replaced in the
/// River, and the pods' API server is told; [#original] leads back from the changed text's hash.
final class Kubelet {
  private static final Pattern SOURCE =
      Pattern.compile("(?m)^(loki\\.source\\.kubernetes_files \"\\w+\" \\{)$");

  private final TestCluster cluster;
  private final Path node;
  private final Map<String, String> originals = new HashMap<>();
  private Map<String, String> present = Map.of();
  private int generation;

  Kubelet(TestCluster cluster, Path node) throws IOException {
    this.cluster = cluster;
    this.node = node;
    Files.createDirectories(pipelines());
    Files.createDirectories(secrets());
    Files.createDirectories(pods());
  }

  Path pipelines() {
    return node.resolve("pipelines");
  }

  Path secrets() {
    return node.resolve("secrets");
  }

  Path pods() {
    return node.resolve("pods");
  }

  /// An agent's answer with the hashes of what the operator wrote.
  String original(String answer) {
    String translated = answer;
    for (Map.Entry<String, String> hash : originals.entrySet()) {
      translated = translated.replace(hash.getKey(), hash.getValue());
    }
    return translated;
  }

  /// Brings the directories up to date.
  void sync(Map<String, String> more) throws IOException {
    for (Secret secret :
        cluster.server().client().secrets().inNamespace(TestCluster.AGENTS).list().getItems()) {
      for (Map.Entry<String, String> value : secret.getData().entrySet()) {
        Files.write(
            secrets().resolve(value.getKey()), Base64.getDecoder().decode(value.getValue()));
      }
    }
    var files = new TreeMap<String, String>(more);
    for (ConfigMap map :
        cluster.server().client().configMaps().inNamespace(TestCluster.AGENTS).list().getItems()) {
      if (map.getData() != null) {
        files.putAll(map.getData());
      }
      if (map.getBinaryData() != null) {
        for (Map.Entry<String, String> file : map.getBinaryData().entrySet()) {
          byte[] bytes = Base64.getDecoder().decode(file.getValue());
          PipelineFile original = PipelineFile.read(file.getKey(), bytes);
          String text = localised(original.text());
          originals.put(PipelineFile.of("x", "y", text).hash(), original.hash());
          files.put(file.getKey().replace(".gz", ""), text);
        }
      }
    }
    if (!files.equals(present)) {
      project(files);
      present = files;
    }
  }

  private String localised(String text) {
    boolean tenant = text.contains("\"LogPipeline\"");
    String client =
        tenant
            ? "metadata_timeout = \"0s\""
            : "client { api_server = \"" + cluster.server().address() + "\" }";
    return SOURCE
        .matcher(
            text.replace("/etc/weir/secrets", secrets().toString())
                .replace("/etc/weir/pipelines", pipelines().toString()))
        .replaceAll("$1\n\tpath = \"" + pods() + "\"\n\tnode_name = \"node-1\"\n\t" + client);
  }

  private void project(Map<String, String> files) throws IOException {
    Path next = Files.createDirectory(pipelines().resolve("..generation_" + ++generation));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(next.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
    }
    Path link = pipelines().resolve("..data_tmp");
    Files.createSymbolicLink(link, next.getFileName());
    Files.move(link, pipelines().resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    for (String name : files.keySet()) {
      Path seen = pipelines().resolve(name);
      if (!Files.isSymbolicLink(seen)) {
        Files.createSymbolicLink(seen, Path.of("..data", name));
      }
    }
    for (String name : present.keySet()) {
      if (!files.containsKey(name)) {
        Files.delete(pipelines().resolve(name));
      }
    }
  }
}
