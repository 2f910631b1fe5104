package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.podlifecycle.journal.PreviousRunEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * An application that keeps an index on a volume, and cannot start if it is corrupt.
 * Added to the {@link ServiceApplication} as a further source.
 */
@Configuration(proxyBeanMethods = false)
class ScratchIndex {

	static final String SOURCE = "--spring.main.sources=" + ScratchIndex.class.getName();

	private static final Log logger = LogFactory.getLog(ScratchIndex.class);

	@Bean
	InitializingBean index(@Value("${app.scratch}") Path directory) {
		return () -> open(Files.createDirectories(directory).resolve("index"));
	}

	@EventListener
	void onPreviousRun(PreviousRunEvent event) {
		logger.info("Event: the last run ended " + event.getRun().end() + ", aside " + event.getSetAside().size());
	}

	private static void open(Path index) throws IOException {
		if (Files.exists(index) && Files.readString(index).contains("corrupt")) {
			throw new IllegalStateException("The index is corrupt");
		}
		Files.writeString(index, "fresh");
	}

}
