package dev.weir.agent.river.eval;

/// Text that may be sensitive, such as the content of a file: it is never printed when it is.
///
/// @param sensitive whether it is kept from messages, and from becoming a string
public record OptionalSecret(boolean sensitive, String reveal) {
  @Override
  public String toString() {
    return sensitive ? "(secret)" : reveal;
  }
}
