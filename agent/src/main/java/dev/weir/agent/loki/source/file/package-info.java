/// `loki.source.file`: reads the lines of files.
@NullMarked
package dev.weir.agent.loki.source.file;

import org.jspecify.annotations.NullMarked;
