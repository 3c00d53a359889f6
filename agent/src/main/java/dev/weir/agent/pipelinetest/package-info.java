/// Tests of a user's pipelines: lines go in, what would reach Loki is compared.
@NullMarked
package dev.weir.agent.pipelinetest;

import org.jspecify.annotations.NullMarked;
