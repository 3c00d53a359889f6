package dev.weir.agent.loki.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// The positions files of Alloy and Promtail: byte offsets by path, and in Alloy's by labels too.
final class ForeignPositions {
  private static final int LARGEST = 256 << 20;
  private static final byte[] FIRST_LINE = "positions:".getBytes(StandardCharsets.US_ASCII);

  /// How far a file was read.
  ///
  /// @param labels as Alloy prints them, `{}` for none
  record Place(String path, String labels, long offset) {}

  /// It is no positions file.
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(Path file, String why) {
      super("invalid yaml positions file [" + file + "]: " + why);
    }
  }

  private ForeignPositions() {}

  /// Whether a file is Alloy's and not ours.
  static boolean isForeign(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(FIRST_LINE.length);
      return Arrays.equals(start, FIRST_LINE);
    }
  }

  /// Every place; keys that are no paths, such as cursors, are left out.
  ///
  /// @throws MalformedException when it is no such file
  static List<Place> read(Path file) throws IOException {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    Node root;
    try {
      root = new Yaml(options).compose(new StringReader(Files.readString(file)));
    } catch (YAMLException | CharacterCodingException e) {
      throw new MalformedException(file, String.valueOf(e.getMessage()));
    }
    List<Place> places = new ArrayList<>();
    Node positions = root == null ? null : value(root, "positions");
    if (positions instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        Place place = place(tuple);
        if (place != null) {
          places.add(place);
        }
      }
    } else if (root != null && !(root instanceof MappingNode)) {
      throw new MalformedException(file, "no mapping");
    }
    return places;
  }

  private static @Nullable Place place(NodeTuple tuple) {
    Node key = tuple.getKeyNode();
    String path = key instanceof ScalarNode scalar ? scalar.getValue() : text(value(key, "path"));
    String labels = key instanceof ScalarNode ? "{}" : text(value(key, "labels"));
    String offset = text(tuple.getValueNode());
    if (!path.startsWith("/") || !offset.matches("[0-9]{1,18}")) {
      return null;
    }
    return new Place(path, labels.isEmpty() ? "{}" : labels, Long.parseLong(offset));
  }

  private static @Nullable Node value(Node mapping, String name) {
    if (mapping instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        if (text(tuple.getKeyNode()).equals(name)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  private static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
