package dev.weir.agent.pipelinedir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What lies in the directory at one moment.
///
/// The kubelet projects a volume into a directory beside and then turns the link `..data` to it.
/// Everything is read through what the link led to at first, so that one listing is of one
/// projection.
///
/// @param projected whether the kubelet made it
/// @param revision of `head.json`; null without that file, empty when it names none
/// @param files by name
record Listing(boolean projected, @Nullable String revision, Map<String, Found> files) {
  private static final String DATA = "..data";
  private static final String HEAD = "head.json";
  private static final int MOST_OF_HEAD = 16 << 10;

  /// A file, and what tells whether it is still the same.
  ///
  /// @param key of the file system; null where it has none
  record Found(Path path, @Nullable Object key, FileTime modified, long size) {
    boolean isAsBefore(@Nullable Found before) {
      return before != null
          && size == before.size
          && modified.equals(before.modified)
          && key != null
          && key.equals(before.key);
    }
  }

  /// Lists a directory.
  ///
  /// @throws IOException when it is not there, or is being projected
  static Listing of(Path directory) throws IOException {
    Path data = directory.resolve(DATA);
    boolean projected = Files.exists(data, LinkOption.NOFOLLOW_LINKS);
    Path root = projected ? data.toRealPath() : directory;
    Map<String, Found> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(root)) {
      all.forEach(path -> {
        String name = path.getFileName().toString();
        if (PipelineFile.isOne(name)) {
          files.put(name, found(path));
        }
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Listing(projected, revision(root.resolve(HEAD)), files);
  }

  private static Found found(Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Found(path, now.fileKey(), now.lastModifiedTime(), now.size());
    } catch (IOException e) {
      // It must not hide the others: whoever reads it will tell.
      return new Found(path, null, FileTime.fromMillis(0), -1);
    }
  }

  /// Null without the file, empty when it does not say.
  private static @Nullable String revision(Path head) throws IOException {
    if (!Files.isRegularFile(head)) {
      return null;
    }
    if (Files.size(head) > MOST_OF_HEAD) {
      return "";
    }
    try (JsonParser parser = new JsonFactory().createParser(Files.readAllBytes(head))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("revision") && value == JsonToken.VALUE_STRING) {
          return parser.getText();
        }
        parser.skipChildren();
      }
      return "";
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return "";
    }
  }
}
