package dev.weir.agent.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// The root file system of test containers: a shell and a few tools.
final class ShellImage {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final List<String> TOOLS =
      List.of("sh", "cat", "date", "dd", "head", "seq", "sleep", "tail", "tr", "yes");
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+)\\s+\\(0x");
  private static final int EXECUTABLE = 0755;

  private ShellImage() {}

  /// The file system as a tar archive.
  static byte[] tar() {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      if (Files.isExecutable(BUSYBOX)) {
        addBusybox(tar);
      } else {
        addHostFiles(tar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void addBusybox(TarArchiveOutputStream tar) throws IOException {
    add(tar, "bin/busybox", BUSYBOX);
    for (String tool : TOOLS) {
      var link = new TarArchiveEntry("bin/" + tool, TarConstants.LF_SYMLINK);
      link.setLinkName("busybox");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
  }

  /// This machine's own tools with the libraries that they load.
  private static void addHostFiles(TarArchiveOutputStream tar) throws IOException {
    Set<String> libraries = new LinkedHashSet<>();
    for (String tool : TOOLS) {
      Path path = Path.of("/bin", tool).toRealPath();
      add(tar, "bin/" + tool, path);
      libraries.addAll(librariesOf(path));
    }
    for (String library : libraries) {
      add(tar, library.substring(1), Path.of(library));
    }
  }

  private static Set<String> librariesOf(Path program) throws IOException {
    Process ldd = new ProcessBuilder("ldd", program.toString()).redirectErrorStream(true).start();
    String text =
        new String(ldd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    Set<String> paths = new LinkedHashSet<>();
    Matcher matcher = LIBRARY.matcher(text);
    while (matcher.find()) {
      paths.add(matcher.group(1));
    }
    return paths;
  }

  private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    var entry = new TarArchiveEntry(name);
    entry.setMode(EXECUTABLE);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
