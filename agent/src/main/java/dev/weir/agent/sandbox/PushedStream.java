package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import java.util.List;

/// A stream of a push, with its labels read.
record PushedStream(Labels labels, List<PushedEntry> entries) {}
