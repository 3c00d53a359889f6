package dev.weir.agent.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/// Classes of others, and those of Weir that lie in exactly one of some packages.
final class WeirOnlyIn extends DescribedPredicate<JavaClass> {
  private final Set<String> packages;

  WeirOnlyIn(String... packages) {
    super("are not Weir's or reside in " + String.join(", ", packages));
    this.packages = Set.of(packages);
  }

  @Override
  public boolean test(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return !name.startsWith("dev.weir") || packages.contains(name);
  }
}
