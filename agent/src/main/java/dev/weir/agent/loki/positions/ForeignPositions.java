package dev.weir.agent.loki.positions;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// The positions files of Alloy and Promtail: places by path or cursor, and in Alloy's by labels
/// too.
public final class ForeignPositions {
  /// What the names of streams begin with.
  public static final String CURSOR = "cursor-";

  private static final int LARGEST = 256 << 20;
  private static final byte[] FIRST_LINE = "positions:".getBytes(StandardCharsets.US_ASCII);

  /// How far something was read.
  ///
  /// @param path of a file, or `cursor-` and a name
  /// @param labels as Alloy prints them, `{}` for none
  /// @param value decimal digits, or what the source calls its places
  public record Place(String path, String labels, String value) {
    /// Nanoseconds since 1970 where a stream was read to, of which Alloy keeps microseconds; -1
    /// when this is not about a stream.
    public long time() {
      boolean stream = path.startsWith(CURSOR) && value.matches("[0-9]{1,16}");
      return stream ? TimeUnit.MICROSECONDS.toNanos(Long.parseLong(value)) : -1;
    }

    /// Bytes of a file; -1 when this is not about a file.
    public long offset() {
      boolean file = path.startsWith("/") && value.matches("[0-9]{1,18}");
      return file ? Long.parseLong(value) : -1;
    }
  }

  /// It is no positions file.
  public static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(Path file, String why) {
      super("invalid yaml positions file [" + file + "]: " + why);
    }
  }

  private ForeignPositions() {}

  /// Whether a file is Alloy's and not ours.
  public static boolean isForeign(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(FIRST_LINE.length);
      return Arrays.equals(start, FIRST_LINE);
    }
  }

  /// Every place.
  ///
  /// @throws MalformedException when it is no such file
  public static List<Place> read(Path file) throws IOException {
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

  /// Replaces a file of Alloy's by one of ours, if it is one.
  ///
  /// @param conversion of its places
  /// @return how many positions were taken over; -1 when the file is not Alloy's
  public static int takeOver(
      Path file, Function<List<Place>, Map<String, ? extends Position>> conversion)
      throws IOException {
    if (!Files.isRegularFile(file) || !isForeign(file)) {
      return -1;
    }
    Map<String, ? extends Position> taken = conversion.apply(read(file));
    replace(file, taken);
    return taken.size();
  }

  /// Replaces Alloy's file by one of ours in one step; Alloy's is kept as `<name>.before`.
  public static void replace(Path file, Map<String, ? extends Position> positions)
      throws IOException {
    Path made = file.resolveSibling(file.getFileName() + ".taken");
    Files.deleteIfExists(made);
    try (Positions ours = Positions.open(made)) {
      positions.forEach(ours::put);
      ours.saveAnyway();
    }
    Path before = file.resolveSibling(file.getFileName() + ".before");
    Files.copy(file, before, StandardCopyOption.REPLACE_EXISTING);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(made.resolveSibling(made.getFileName() + ".lock"));
  }

  private static @Nullable Place place(NodeTuple tuple) {
    Node key = tuple.getKeyNode();
    String path = key instanceof ScalarNode scalar ? scalar.getValue() : text(value(key, "path"));
    String labels = key instanceof ScalarNode ? "{}" : text(value(key, "labels"));
    String offset = text(tuple.getValueNode());
    return path.isEmpty() ? null : new Place(path, labels.isEmpty() ? "{}" : labels, offset);
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
