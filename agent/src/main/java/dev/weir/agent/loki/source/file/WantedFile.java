package dev.weir.agent.loki.source.file;

import dev.weir.agent.loki.Labels;
import java.nio.file.Path;

/// A file that is to be read.
///
/// @param labels of its entries, but for `filename`
record WantedFile(Path path, Labels labels) {}
