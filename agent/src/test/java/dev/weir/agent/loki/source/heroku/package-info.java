@NullMarked
package dev.weir.agent.loki.source.heroku;

import org.jspecify.annotations.NullMarked;
