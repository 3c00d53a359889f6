package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import java.time.InstantSource;

/// What a listener goes by; swapped whole when arguments change.
record SyslogSettings(
    ListenerArguments arguments, Rules rules, Receiver receiver, SyslogFormat format) {
  static SyslogSettings of(
      ListenerArguments arguments, Rules rules, Receiver receiver, InstantSource clock) {
    SyslogFormat format =
        switch (arguments.syslogFormat()) {
          case ListenerArguments.RAW -> new RawFormat();
          case ListenerArguments.RFC3164 -> new Rfc3164(clock);
          default -> new Rfc5424();
        };
    return new SyslogSettings(arguments, rules, receiver, format);
  }

  boolean isRaw() {
    return arguments.syslogFormat().equals(ListenerArguments.RAW);
  }

  /// What ends a message that does not say how long it is.
  byte delimiter() {
    ListenerArguments.RawOptions raw = arguments.rawFormatOptions();
    return raw != null && raw.useNullTerminatorDelimiter() ? 0 : (byte) '\n';
  }
}
