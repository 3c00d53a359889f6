package dev.weir.agent.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A database in MaxMind's format with one network of each kind:
///
/// - `81.2.69.0/24` is a place in London, with two subdivisions;
/// - `1.128.0.0/16` is an autonomous system;
/// - `2001:db8::/32` has only a continent.
public final class SmallMaxMind {
  private static final int NODE_BYTES = 8;
  private static final int SEPARATOR = 16;
  private static final int LONG_SIZE = 29;
  private static final byte[] MARKER = {
    (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
  };

  private final List<int[]> nodes = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  private SmallMaxMind() {
    nodes.add(new int[] {-1, -1});
  }

  /// Writes it into a directory.
  public static Path write(Path directory) throws IOException {
    var database = new SmallMaxMind();
    database.add("00000000000000000000000051024500", 120, london());
    database.add("00000000000000000000000001800000", 112, system());
    database.add("20010db8000000000000000000000000", 32, europe());
    return Files.write(directory.resolve("small.mmdb"), database.bytes());
  }

  private static Map<String, Object> london() {
    return map(
        "city", map("names", map("en", "London", "de", "London")),
        "continent", map("code", "EU", "names", map("en", "Europe")),
        "country", map("iso_code", "GB", "names", map("en", "United Kingdom")),
        "location", map("latitude", 51.5142, "longitude", -0.0931, "time_zone", "Europe/London"),
        "postal", map("code", "EC1A"),
        "subdivisions",
            List.of(
                map("iso_code", "ENG", "names", map("en", "England")),
                map("iso_code", "LND", "names", map("en", "Greater London"))),
        "traits", map("is_anonymous_proxy", true));
  }

  private static Map<String, Object> system() {
    return map(
        "autonomous_system_number", 1221, "autonomous_system_organization", "Telstra Pty Ltd");
  }

  private static Map<String, Object> europe() {
    return map("continent", map("code", "EU", "names", map("en", "Europe")));
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /// Data is kept as minus two minus its offset, nothing as minus one.
  private void add(String address, int bits, Map<String, Object> record) {
    int offset = data.size();
    value(data, record);
    int node = 0;
    for (int bit = 0; bit < bits; bit++) {
      int nibble = Character.digit(address.charAt(bit / 4), 16);
      int side = (nibble >> (3 - bit % 4)) & 1;
      if (bit == bits - 1) {
        nodes.get(node)[side] = -2 - offset;
      } else {
        if (nodes.get(node)[side] < 0) {
          nodes.add(new int[] {-1, -1});
          nodes.get(node)[side] = nodes.size() - 1;
        }
        node = nodes.get(node)[side];
      }
    }
  }

  private byte[] bytes() {
    var out = new ByteArrayOutputStream();
    var tree = ByteBuffer.allocate(NODE_BYTES * nodes.size());
    for (int[] node : nodes) {
      tree.putInt(pointer(node[0])).putInt(pointer(node[1]));
    }
    out.writeBytes(tree.array());
    out.writeBytes(new byte[SEPARATOR]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(MARKER);
    value(
        out,
        map(
            "binary_format_major_version", 2,
            "binary_format_minor_version", 0,
            "build_epoch", 1_700_000_000,
            "database_type", "Small",
            "description", map("en", "for tests"),
            "ip_version", 6,
            "languages", List.of("en"),
            "node_count", nodes.size(),
            "record_size", 32));
    return out.toByteArray();
  }

  private int pointer(int side) {
    if (side >= 0) {
      return side;
    }
    return side == -1 ? nodes.size() : nodes.size() + SEPARATOR - 2 - side;
  }

  private static void value(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(out, 2, bytes.length);
        out.writeBytes(bytes);
      }
      case Double number -> {
        head(out, 3, 8);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
      }
      case Integer number -> {
        head(out, 6, 4);
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
      }
      case Boolean bool -> head(out, 14, bool ? 1 : 0);
      case Map<?, ?> map -> {
        head(out, 7, map.size());
        map.forEach((key, element) -> {
          value(out, key);
          value(out, element);
        });
      }
      case List<?> list -> {
        head(out, 11, list.size());
        list.forEach(element -> value(out, element));
      }
      default -> throw new IllegalArgumentException(value.toString());
    }
  }

  /// Types above 7 have a byte of their own, and so have sizes from 29 on.
  private static void head(ByteArrayOutputStream out, int type, int size) {
    int shown = Math.min(size, LONG_SIZE);
    out.write(type > 7 ? shown : (type << 5) | shown);
    if (type > 7) {
      out.write(type - 7);
    }
    if (shown == LONG_SIZE) {
      out.write(size - LONG_SIZE);
    }
  }
}
