package dev.weir.agent.pipelinedir;

import dev.weir.agent.runtime.Module;

/// A text that runs, and what runs it.
record Running(Module module, PipelineText text, String hash) {}
