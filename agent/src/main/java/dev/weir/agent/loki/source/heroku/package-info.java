/// `loki.source.heroku`: takes what Heroku's log drains send.
@NullMarked
package dev.weir.agent.loki.source.heroku;

import org.jspecify.annotations.NullMarked;
