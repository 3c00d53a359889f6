package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Synthetic;
import dev.weir.operator.api.CaKind;
import dev.weir.operator.api.CaRef;
import dev.weir.operator.api.SecretKey;
import dev.weir.operator.render.SecretRef.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values that a pipeline reads from files, each in one `local.file`.
final class SecretFiles {
  private static final String DIRECTORY = "/etc/weir/secrets/";

  private final RenderInput input;
  private final Map<Use, SecretRef> uses = new LinkedHashMap<>();

  private record Use(String file, boolean secret) {}

  SecretFiles(RenderInput input) {
    this.input = input;
  }

  /// A value that is shown nowhere.
  Expression secret(SecretKey key, String path) {
    return use(key, path, true);
  }

  /// A value that is no secret by itself: a name, a certificate.
  Expression open(SecretKey key, String path) {
    return use(key, path, false);
  }

  Expression open(CaRef ref, String path) {
    Kind kind = ref.kind() == CaKind.SECRET ? Kind.SECRET : Kind.CONFIG_MAP;
    String namespace = namespace(ref.namespace());
    return use(new SecretRef(kind, namespace, ref.name(), ref.key(), path), false);
  }

  private Expression use(SecretKey key, String path, boolean secret) {
    String namespace = namespace(key.namespace());
    return use(new SecretRef(Kind.SECRET, namespace, key.name(), key.key(), path), secret);
  }

  private Expression use(SecretRef ref, boolean secret) {
    var use = new Use(ref.file(), secret);
    uses.putIfAbsent(use, ref);
    int index = new ArrayList<>(uses.keySet()).indexOf(use);
    return Synthetic.reference("local.file.s_" + index + ".content");
  }

  /// Whoever is no administrator has the secrets of his namespace alone.
  private String namespace(@Nullable String given) {
    if (!input.cluster()) {
      return input.namespace();
    }
    return given == null ? input.agents().namespace() : given;
  }

  /// The components, in the order of their first use.
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Use use : uses.keySet()) {
      BlockDraft file =
          block("local.file", "s_" + blocks.size()).text("filename", DIRECTORY + use.file());
      blocks.add((use.secret() ? file.bool("is_secret", true) : file).build());
    }
    return blocks;
  }

  /// What the files hold, each once.
  List<SecretRef> refs() {
    Map<String, SecretRef> byFile = new LinkedHashMap<>();
    uses.forEach((use, ref) -> byFile.putIfAbsent(use.file(), ref));
    return List.copyOf(byFile.values());
  }
}
