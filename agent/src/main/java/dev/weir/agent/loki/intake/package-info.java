/// What sources that are pushed to share: taking entries with proof of delivery, and their labels.
@NullMarked
package dev.weir.agent.loki.intake;

import org.jspecify.annotations.NullMarked;
