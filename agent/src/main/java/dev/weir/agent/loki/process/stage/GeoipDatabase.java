package dev.weir.agent.loki.process.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.maxmind.db.Reader;
import io.burt.jmespath.Expression;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A database of places in MaxMind's format, mapped into memory.
///
/// It is not closed: lanes may still look something up when the stage is given up, and the mapping
/// goes with the last reference. Thread-safe.
final class GeoipDatabase {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private final Reader reader;
  private final String type;
  private final Map<String, Expression<JsonNode>> lookups;

  private GeoipDatabase(Reader reader, GeoipStage.Arguments arguments) {
    this.reader = reader;
    this.type = arguments.dbType();
    this.lookups = lookups(arguments.customLookups());
  }

  /// Opens a database.
  ///
  /// @throws IllegalArgumentException when it cannot be read
  static GeoipDatabase open(GeoipStage.Arguments arguments) {
    try {
      return new GeoipDatabase(new Reader(new File(arguments.db())), arguments);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "could not open " + arguments.db() + ": " + e.getMessage(), e);
    }
  }

  /// Reads expressions.
  ///
  /// @throws IllegalArgumentException when one is not JMESPath
  static Map<String, Expression<JsonNode>> lookups(
      @Nullable Map<String, @Nullable String> expressions) {
    Map<String, Expression<JsonNode>> compiled = new LinkedHashMap<>();
    if (expressions != null) {
      expressions.forEach((name, expression) ->
          compiled.put(
              name,
              JsonExpressions.compiled(
                  expression == null || expression.isEmpty() ? name : expression)));
    }
    return compiled;
  }

  /// What is known of an address; nothing of what is none.
  GeoipPlace find(String address) {
    InetAddress parsed = parsed(address);
    if (parsed == null) {
      return GeoipPlace.UNKNOWN;
    }
    try {
      Object record = reader.get(parsed, Object.class);
      return record == null ? GeoipPlace.UNKNOWN : place(MAPPER.valueToTree(record));
    } catch (IOException | IllegalArgumentException damagedOrOfTheOtherVersion) {
      return GeoipPlace.UNKNOWN;
    }
  }

  private GeoipPlace place(JsonNode record) {
    Map<String, @Nullable Object> found = GeoipPlace.fields(record, type);
    lookups.forEach((name, expression) -> {
      JsonNode result = JsonTree.search(expression, record);
      if (result != null && !result.isNull()) {
        found.put(name, result.isContainerNode() ? null : JsonTree.value(result));
      }
    });
    return new GeoipPlace(found);
  }

  /// The address, without asking anybody; null when it is none.
  private static @Nullable InetAddress parsed(String address) {
    if (address.indexOf(':') < 0 ? !IPV4.matcher(address).matches() : address.indexOf('%') >= 0) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
