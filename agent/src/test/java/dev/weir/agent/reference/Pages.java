package dev.weir.agent.reference;

import dev.weir.agent.Components;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.loki.process.stage.StageTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The pages of `docs`.
final class Pages {
  static final Path DOCS = Path.of("..", "docs");
  static final Path REFERENCE = DOCS.resolve("reference");
  static final Path STAGES = DOCS.resolve("stages.md");

  private Pages() {}

  /// The page of a component, which may not be there yet.
  static Path of(ComponentType<?> type) {
    return REFERENCE.resolve(type.name() + ".md");
  }

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(DOCS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /// Every stage by its name: `stage.json`.
  static Map<String, Class<? extends Record>> stages() {
    Map<String, Class<? extends Record>> stages = new TreeMap<>();
    new StageTypes().members().forEach((name, record) -> stages.put("stage." + name, record));
    return stages;
  }

  static String updated(Path page) throws IOException {
    return Region.update(Files.readString(page), stages());
  }

  /// Brings every page up to date and begins those that are missing.
  static void update() throws IOException {
    for (ComponentType<?> type : Components.ALL) {
      if (!Files.exists(of(type))) {
        Files.writeString(of(type), skeleton(type.name()));
      }
    }
    Files.writeString(REFERENCE.resolve("README.md"), index());
    for (Path page : all()) {
      Files.writeString(page, updated(page));
    }
  }

  private static String skeleton(String name) {
    return """
    # %1$s

    Say here what it does.

    ## Example

    ```river
    ```

    ## Arguments

    <!-- arguments %1$s -->
    <!-- /arguments -->

    ## Metrics

    None.

    ## Differences from Alloy

    <!-- differences %1$s -->
    <!-- /differences -->
    """
        .formatted(name);
  }

  /// The list of all pages, with the first paragraph's first sentence of each.
  static String index() throws IOException {
    var out =
        new StringBuilder(
                "# Components\n\nEvery component, with its arguments, exports, metrics and")
            .append(" differences from Alloy. The stages of\n`loki.process` have a page of their")
            .append(" own: [stages](../stages.md).\n\n| component | what it does |\n|---|---|\n");
    List<String> names = Components.ALL.stream().map(ComponentType::name).sorted().toList();
    for (String name : names) {
      String text = Files.readString(REFERENCE.resolve(name + ".md"));
      String first = text.split("\n\n", -1)[1].replace("\n", " ").replaceFirst("\\. .*", ".");
      out.append("| [`%1$s`](%1$s.md) | %2$s |\n".formatted(name, first));
    }
    return out.toString();
  }
}
