package dev.weir.agent.template;

import dev.weir.agent.timelayout.GoTime;
import dev.weir.agent.timelayout.TimeLayout;
import java.time.Instant;
import java.time.ZoneId;

/// A time among a template's values.
record Moment(Instant instant, ZoneId zone) {
  private static final TimeLayout PRINTED =
      new TimeLayout("2006-01-02 15:04:05.999999999 -0700 MST");

  String format(String layout, ZoneId inZone) {
    return new TimeLayout(layout).format(GoTime.at(instant, inZone));
  }

  /// As Go prints it.
  @Override
  public String toString() {
    return PRINTED.format(GoTime.at(instant, zone));
  }
}
