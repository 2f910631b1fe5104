package io.podlifecycle.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our own manifests keep to the advice that we give.
 */
class AdviceIntegrationTests {

	private static final Path CONFIG = Path.of("../sample-app/src/main/resources/application.yml");

	@TempDir
	private Path directory = Path.of("");

	@Test
	void thereIsNothingToFix() throws IOException {
		List<Path> files = new ArrayList<>();
		for (Path overlay : ManifestsTests.kustomizations().filter((path) -> !path.endsWith("book")).toList()) {
			files.add(write(overlay.getFileName().toString(), Kustomization.render(overlay)));
		}
		assertThat(files).hasSizeGreaterThan(2);
		assertThat(advise(files, 0)).containsPattern("No findings in \\d+ resources?\\.");
	}

	@Test
	void aPathOfTheHookThatOldKubeletsDoNotUnderstandIsFound() throws IOException {
		List<Map<String, Object>> manifests = Kustomization.render(Path.of("overlays", "prestop-http"));
		Manifests.editContainer(manifests, "fortune-client", (container) -> {
			Map<String, Object> hook = Kustomization.map(Kustomization.map(container.get("lifecycle")).get("preStop"));
			Kustomization.map(hook.get("httpGet")).put("path", "/actuator/prestop");
		});
		assertThat(advise(List.of(write("prestop-http", manifests)), 1)).contains("lifecycle.preStop.httpGet.path",
				"Fix: leave the slash out", "1 finding");
	}

	private Path write(String name, List<Map<String, Object>> manifests) throws IOException {
		KubernetesSerialization serialization = new KubernetesSerialization();
		return Files.writeString(this.directory.resolve(name + ".yaml"),
				String.join("\n---\n", manifests.stream().map(serialization::asJson).toList()));
	}

	private static String advise(List<Path> manifests, int exitCode) {
		try (AppProcess command = AppProcess.builder()
			.jar(Images.REHEARSAL)
			.argument("advise", "--config", CONFIG.toString())
			.argument(manifests.stream().map(Path::toString).toArray(String[]::new))
			.start()) {
			int code = command.awaitExit(Duration.ofSeconds(60));
			String output = String.join("\n", command.log().stream().map(LogLine::text).toList());
			assertThat(code).as(output).isEqualTo(exitCode);
			return output;
		}
	}

}
