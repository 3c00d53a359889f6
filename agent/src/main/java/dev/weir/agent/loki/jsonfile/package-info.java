/// The records of Docker's `json-file` log driver: one parser for those who read the files and for
/// `stage.docker`, which takes the same records as text.
@NullMarked
package dev.weir.agent.loki.jsonfile;

import org.jspecify.annotations.NullMarked;
