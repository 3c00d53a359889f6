package dev.weir.agent.logging;

import java.time.Instant;
import java.util.List;
import org.slf4j.event.Level;

/// What one line says, before it has a format.
record Line(Instant time, Level level, String message, List<Field> fields) {}
