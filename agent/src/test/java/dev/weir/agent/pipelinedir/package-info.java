/// Directories of pipelines, as a whole agent runs them.
@NullMarked
package dev.weir.agent.pipelinedir;

import org.jspecify.annotations.NullMarked;
