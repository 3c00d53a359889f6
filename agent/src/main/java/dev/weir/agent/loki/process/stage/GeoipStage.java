package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.river.eval.Default;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stage.geoip`: extracts where an address is, from a database in MaxMind's format.
final class GeoipStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("geoip", Arguments.class, GeoipStage::new);

  private static final int MOST_KNOWN = 4096;
  private static final List<String> TYPES = List.of("", "asn", "city", "country");

  /// @param db path of the database
  /// @param source name of the extracted address
  /// @param dbType `city`, `country` or `asn`
  /// @param customLookups JMESPath by the name to extract to; empty for the field of that name
  record Arguments(
      String db,
      String source,
      @Default("\"\"") String dbType,
      @Nullable Map<String, @Nullable String> customLookups) {
    Arguments {
      if (db.isEmpty()) {
        throw new IllegalArgumentException("db path cannot be empty");
      }
      if (source.isEmpty()) {
        throw new IllegalArgumentException("source cannot be empty");
      }
      if (dbType.isEmpty() && customLookups == null) {
        throw new IllegalArgumentException("db type or values need to be set");
      }
      if (!TYPES.contains(dbType)) {
        throw new IllegalArgumentException("db type should be either city or asn");
      }
      GeoipDatabase.lookups(customLookups);
    }
  }

  private final String source;
  private final GeoipDatabase database;
  private final LinkedHashMap<String, GeoipPlace> known = new LinkedHashMap<>(16, 0.75f, true);

  private GeoipStage(Arguments arguments, StageContext context) {
    source = arguments.source();
    database = context.shared(() -> GeoipDatabase.open(arguments));
  }

  @Override
  public void process(Entry entry, Output out) {
    Extracted extracted = entry.extracted();
    String address = extracted.text(source);
    if (address != null) {
      place(address).extractInto(extracted);
    }
    out.emit(entry);
  }

  private GeoipPlace place(String address) {
    GeoipPlace place = known.get(address);
    if (place == null) {
      place = database.find(address);
      known.put(address, place);
      if (known.size() > MOST_KNOWN) {
        known.pollFirstEntry();
      }
    }
    return place;
  }
}
