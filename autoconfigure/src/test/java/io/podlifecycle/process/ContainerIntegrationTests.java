package io.podlifecycle.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.LogLine;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WAR in an external Tomcat, whose process and whose class loaders are not its own.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ContainerIntegrationTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void aWarWaitsAndWarnsAndLeavesNothingBehindInItsContainer() throws Exception {
		int port = FreePort.next();
		Path journal = this.directory.resolve("journal");
		try (AppProcess container = start(
				"-Dpod-lifecycle.startup.dependencies.db=jdbc:h2:tcp://127.0.0.1:" + port + "/mem:fortunes",
				"-Dpod-lifecycle.journal.file=" + journal)) {
			container.awaitLog("Waiting for db", Service.START);
			Server database = Server.createTcpServer("-tcpPort", String.valueOf(port), "-ifNotExists").start();
			try {
				assertThat(container.awaitExit(Service.END)).isZero();
			}
			finally {
				database.stop();
			}
			String log = container.log().stream().map(LogLine::text).collect(Collectors.joining("\n"));
			assertThat(log).containsPattern("db \\(jdbc:h2:.*\\) answered after")
				.contains("This application runs in an external servlet container", "Deployed: STARTED",
						"Shutting down on the close of the application context", "Undeployed: DESTROYED",
						"Threads after a while: ", "The class loader was collected");
			// Tomcat reports threads of its own that look at the application just then.
			assertThat(log).doesNotContain("Answering probes on", "pod life cycle")
				.doesNotContainPattern("started a thread named \\[(?!Catalina-utility)")
				.doesNotContainPattern("Threads after a while: .*(pod-lifecycle-|probe|await-|watch-)");
			assertThat(Files.readString(journal)).contains(" clean ");
		}
	}

	private static String containerClassPath() {
		return ContainerMain.class.getProtectionDomain().getCodeSource().getLocation().getPath() + File.pathSeparator
				+ ClassPath.only("tomcat-embed-core|annotation-api");
	}

	private AppProcess start(String... properties) {
		return Service.onKubernetes()
			.mainClass(ContainerMain.class.getName(), containerClassPath())
			.jvmOption(Service.JVM_OPTIONS)
			// Nothing is kept because it might be of use.
			.jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0")
			.jvmOption(properties)
			.argument(ClassPath.without(ClassPath.SERVERS + "|" + ClassPath.CLIENTS + "|websocket", "webmvc", "h2-"),
					this.directory.toString())
			.start();
	}

}
