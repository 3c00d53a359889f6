package dev.weir.agent.river.eval;

import java.util.Map;

/// The members of a family of blocks: what follows the prefix, and the record each decodes into.
public interface BlockFamily {
  Map<String, Class<? extends Record>> members();
}
