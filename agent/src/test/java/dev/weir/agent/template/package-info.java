/// Tests of templates.
@NullMarked
package dev.weir.agent.template;

import org.jspecify.annotations.NullMarked;
