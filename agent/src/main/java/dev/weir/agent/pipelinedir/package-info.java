/// The pipelines' directory: many small configurations in one process, a file each, none of which
/// can hurt another.
///
/// [Pipelines] looks at the directory ([Listing]) and gives every file to its [Pipeline], which
/// reads ([PipelineFile]), checks ([PipelineText], [TextCheck]) and runs it as a module of its own.
/// [PipelineStatus] is what they tell of themselves.
@NullMarked
package dev.weir.agent.pipelinedir;

import org.jspecify.annotations.NullMarked;
