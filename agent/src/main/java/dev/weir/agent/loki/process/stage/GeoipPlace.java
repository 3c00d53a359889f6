package dev.weir.agent.loki.process.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.agent.loki.Extracted;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a database knows of an address, by the names it is extracted to. Immutable.
final class GeoipPlace {
  static final GeoipPlace UNKNOWN = new GeoipPlace(Map.of());

  private final String[] names;
  private final @Nullable Object[] values;

  GeoipPlace(Map<String, ? extends @Nullable Object> found) {
    names = found.keySet().toArray(String[]::new);
    values = found.values().toArray();
  }

  void extractInto(Extracted extracted) {
    for (int i = 0; i < names.length; i++) {
      extracted.put(names[i], values[i]);
    }
  }

  /// What `stage.geoip` extracts of a record.
  ///
  /// @param type `city`, `country` or `asn`; empty for nothing
  static Map<String, @Nullable Object> fields(JsonNode record, String type) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    switch (type) {
      case "city" -> {
        country(record, found);
        city(record, found);
      }
      case "country" -> country(record, found);
      case "asn" -> {
        JsonNode number = record.path("autonomous_system_number");
        if (number.asLong() != 0) {
          found.put("geoip_autonomous_system_number", number.asLong());
        }
        text(
            found,
            "geoip_autonomous_system_organization",
            record.path("autonomous_system_organization"));
      }
      default -> {}
    }
    return found;
  }

  private static void country(JsonNode record, Map<String, @Nullable Object> found) {
    text(found, "geoip_country_name", record.at("/country/names/en"));
    text(found, "geoip_country_code", record.at("/country/iso_code"));
    text(found, "geoip_continent_name", record.at("/continent/names/en"));
    text(found, "geoip_continent_code", record.at("/continent/code"));
  }

  private static void city(JsonNode record, Map<String, @Nullable Object> found) {
    text(found, "geoip_city_name", record.at("/city/names/en"));
    text(found, "geoip_postal_code", record.at("/postal/code"));
    text(found, "geoip_timezone", record.at("/location/time_zone"));
    double latitude = record.at("/location/latitude").asDouble();
    double longitude = record.at("/location/longitude").asDouble();
    if (latitude != 0 || longitude != 0) {
      found.put("geoip_location_latitude", latitude);
      found.put("geoip_location_longitude", longitude);
    }
    JsonNode subdivisions = record.path("subdivisions");
    // The last one is the smallest.
    JsonNode subdivision = subdivisions.path(subdivisions.size() - 1);
    text(found, "geoip_subdivision_name", subdivision.at("/names/en"));
    text(found, "geoip_subdivision_code", subdivision.path("iso_code"));
  }

  private static void text(Map<String, @Nullable Object> found, String name, JsonNode value) {
    if (!value.asText().isEmpty()) {
      found.put(name, value.asText());
    }
  }
}
