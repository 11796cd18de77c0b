package io.nanoarrow.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The layers of docs/architecture.md, as the classes on this module's class path have them. */
class LayersTest {
  private static final String[] API = {
    "io.nanoarrow",
    "io.nanoarrow.build..",
    "io.nanoarrow.column..",
    "io.nanoarrow.compare..",
    "io.nanoarrow.error..",
    "io.nanoarrow.extension..",
    "io.nanoarrow.http..",
    "io.nanoarrow.inspect..",
    "io.nanoarrow.layout..",
    "io.nanoarrow.memory..",
    "io.nanoarrow.message..",
    "io.nanoarrow.options..",
    "io.nanoarrow.schema..",
    "io.nanoarrow.spi..",
    "io.nanoarrow.stats..",
    "io.nanoarrow.tensor..",
    "io.nanoarrow.text..",
    "io.nanoarrow.transform..",
    "io.nanoarrow.write.."
  };
  private static final String[] NATIVE = {
    "io.nanoarrow.c..", "io.nanoarrow.naj..", "io.nanoarrow.engine..", "io.nanoarrow.presets.."
  };
  private static final String[] PURE = {"io.nanoarrow.pure.."};
  private static final Set<String> FOLDERS_ABOVE_THE_ENGINES =
      Set.of("cli", "crosscheck", "interop", "bench");

  private static JavaClasses all;

  @BeforeAll
  static void readClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The api's tests: a folder in "mvn test", a jar in "mvn verify".
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.nanoarrow");
  }

  @Test
  void everyPackageHasItsLayer() {
    assertTrue(all.size() > 100, "only " + all.size() + " classes found");
    List<String> strays =
        all.stream()
            .filter(not(resideInAnyPackage(API)).and(not(resideInAnyPackage(NATIVE))))
            .filter(not(resideInAnyPackage(PURE)))
            .map(JavaClass::getPackageName)
            .filter(name -> !FOLDERS_ABOVE_THE_ENGINES.contains(name.split("\\.")[2]))
            .distinct()
            .toList();
    assertEquals(List.of(), strays);
    for (String[] layer : List.of(API, NATIVE, PURE)) {
      assertTrue(all.stream().anyMatch(resideInAnyPackage(layer)), layer[0] + " has no class");
    }
  }

  @Test
  void theApiNeedsTheJdkOnly() {
    classes()
        .that(resideInAnyPackage(API))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(API).or(resideInAnyPackage("java..", "org.jspecify..")))
        .check(all);
  }

  @Test
  void theEnginesDoNotSeeEachOther() {
    noClasses()
        .that(resideInAnyPackage(NATIVE))
        .should()
        .dependOnClassesThat(resideInAnyPackage(PURE))
        .check(all);
    noClasses()
        .that(resideInAnyPackage(PURE))
        .should()
        .dependOnClassesThat(resideInAnyPackage(NATIVE))
        .check(all);
  }

  @Test
  void onlyTheNativeModuleTouchesJavaCpp() {
    onlyTouchedBy("org.bytedeco..", resideInAnyPackage(NATIVE).or(boundDecoderOfTheCrossCheck()));
  }

  @Test
  void onlyThePureEngineTouchesFlatbuffers() {
    onlyTouchedBy("com.google.flatbuffers..", resideInAnyPackage(PURE));
    onlyTouchedBy("org.apache.arrow.flatbuf..", resideInAnyPackage(PURE));
  }

  @Test
  void whatTheNativeModuleDoesNotExportIsUsedByItAlone() {
    onlyTouchedBy("io.nanoarrow.engine..", resideInAnyPackage(NATIVE));
    onlyTouchedBy("io.nanoarrow.naj..", resideInAnyPackage(NATIVE));
    onlyTouchedBy("io.nanoarrow.presets..", resideInAnyPackage(NATIVE));
  }

  @Test
  void nativeMethodsAreInTheBindingsOnly() {
    methods()
        .that()
        .haveModifier(JavaModifier.NATIVE)
        .should()
        .beDeclaredInClassesThat(resideInAnyPackage("io.nanoarrow.c", "io.nanoarrow.naj"))
        .check(all);
  }

  @Test
  void thePackagesOfTheApiHaveNoCycles() {
    slices()
        .matching("io.nanoarrow.(**)")
        .should()
        .beFreeOfCycles()
        .check(all.that(resideInAnyPackage(API)));
    // What a batch is made of does not know the batch, nor those who compare, print or decode it.
    noClasses()
        .that(
            resideInAnyPackage(
                "io.nanoarrow.error..",
                "io.nanoarrow.memory..",
                "io.nanoarrow.schema..",
                "io.nanoarrow.layout..",
                "io.nanoarrow.options..",
                "io.nanoarrow.stats..",
                "io.nanoarrow.tensor..",
                "io.nanoarrow.column.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.nanoarrow",
                "io.nanoarrow.spi..",
                "io.nanoarrow.compare..",
                "io.nanoarrow.text.."))
        .check(all);
  }

  private static void onlyTouchedBy(String touched, DescribedPredicate<? super JavaClass> by) {
    noClasses().that(not(by)).should().dependOnClassesThat(resideInAPackage(touched)).check(all);
  }

  /** The participant that drives nanoarrow's own decoder through the public bindings. */
  private static DescribedPredicate<JavaClass> boundDecoderOfTheCrossCheck() {
    return resideInAPackage("io.nanoarrow.crosscheck..")
        .and(
            DescribedPredicate.describe(
                "named Nanoarrow*", type -> type.getSimpleName().startsWith("Nanoarrow")));
  }
}
