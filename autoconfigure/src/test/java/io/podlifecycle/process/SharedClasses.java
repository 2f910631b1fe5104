package io.podlifecycle.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;

/**
 * What lets the many processes of these tests start in three quarters of the time: an
 * archive of the classes that a {@link ServiceApplication} loads, or a
 * {@link RunnerApplication} where there is no web server, made once for each build and
 * class path. The JVM archives classes out of jars only, so those of the tests are
 * packed.
 *
 * @param classPath the class path, of jars only
 * @param archive the archive
 */
public record SharedClasses(String classPath, Path archive) {

	private static final String WITHOUT_SERVER = "--spring.main.web-application-type=none";

	/**
	 * From JDK 25 on a cache (JEP 514), which also knows how the classes are linked: that
	 * spares an eighth of the CPU that a start takes with an archive.
	 */
	private static final boolean AOT_CACHE = Runtime.version().feature() >= 25;

	private static final Path FOLDER = Path.of("target", "shared-classes").toAbsolutePath();

	/**
	 * Return what starts an application with Tomcat, and with nothing else to talk to.
	 * @param application the application
	 * @return the builder of its process
	 */
	public static AppProcessBuilder withTomcat(Class<?> application) {
		SharedClasses shared = of(Server.TOMCAT.classPath());
		return shared.addTo(AppProcess.builder())
			.mainClass(application.getName(), shared.classPath())
			.jvmOption(Service.JVM_OPTIONS);
	}

	/**
	 * Return what starts an application without a web server.
	 * @param application the application
	 * @param libraries what is on its class path besides Boot and the library
	 * @return the builder of its process
	 * @see ClassPath#libraries
	 */
	public static AppProcessBuilder withoutServer(Class<?> application, String... libraries) {
		String further = Stream.of(libraries).map((each) -> File.pathSeparator + each).collect(Collectors.joining());
		SharedClasses shared = of(ClassPath.withoutServer(), RunnerApplication.class, "--app.seconds=0", WITHOUT_SERVER)
			.plus(further);
		return shared.addTo(AppProcess.builder())
			.mainClass(application.getName(), shared.classPath())
			.jvmOption(Service.JVM_OPTIONS)
			.argument(WITHOUT_SERVER, "--spring.main.banner-mode=off");
	}

	/**
	 * Return a class path with the archive of the server whose class path it begins with,
	 * if there is one.
	 */
	static Optional<SharedClasses> beginningWithAServer(String classPath) {
		return Stream.of(Server.values())
			.filter((server) -> classPath.startsWith(server.classPath()))
			.findFirst()
			.map((server) -> of(server.classPath()).plus(classPath.substring(server.classPath().length())));
	}

	/** The JVM uses an archive with its class path, and with one that begins with it. */
	private SharedClasses plus(String furtherEntries) {
		return new SharedClasses(this.classPath + furtherEntries, this.archive);
	}

	AppProcessBuilder addTo(AppProcessBuilder builder) {
		return AOT_CACHE ? builder.jvmOption("-XX:AOTCache=" + this.archive, "-Xlog:aot=off,cds=off")
				: builder.jvmOption("-XX:SharedArchiveFile=" + this.archive, "-Xlog:cds=off");
	}

	static SharedClasses of(String classPath) {
		return of(classPath, ServiceApplication.class, "--server.port=0");
	}

	/**
	 * Return the archive for a class path. The first test JVM that asks makes it, and
	 * others wait for it.
	 */
	private static synchronized SharedClasses of(String classPath, Class<?> application, String... arguments) {
		try {
			Files.createDirectories(FOLDER);
			try (FileChannel lock = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE)) {
				lock.lock();
				return make(classPath, application, arguments);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SharedClasses make(String classPath, Class<?> application, String... arguments) throws IOException {
		List<Path> entries = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
		String prefix = Integer.toHexString(classPath.hashCode()) + "-";
		String name = prefix + fingerprint(entries);
		SharedClasses shared = new SharedClasses(entries.stream()
			.map((entry) -> jar(entry, name).toString())
			.collect(Collectors.joining(File.pathSeparator)), FOLDER.resolve(name + ".jsa"));
		if (!Files.exists(shared.archive)) {
			deleteOutdated(prefix);
			for (Path directory : entries.stream().filter(Files::isDirectory).toList()) {
				pack(directory, jar(directory, name));
			}
			shared.record(application, arguments);
		}
		return shared;
	}

	private static Path jar(Path entry, String name) {
		return Files.isDirectory(entry) ? FOLDER.resolve(name + "-" + entry.getFileName() + ".jar") : entry;
	}

	private static void deleteOutdated(String prefix) throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			for (Path file : files.filter((each) -> each.getFileName().toString().startsWith(prefix)).toList()) {
				Files.delete(file);
			}
		}
	}

	/** An archive is out of date as soon as a file of its class path is, or the JDK. */
	private static String fingerprint(List<Path> entries) throws IOException {
		long sum = Runtime.version().hashCode();
		for (Path entry : entries) {
			try (Stream<Path> files = Files.walk(entry)) {
				sum += files.mapToLong((file) -> 31L * file.hashCode() + file.toFile().lastModified()).sum();
			}
		}
		return Long.toHexString(sum);
	}

	private static void pack(Path directory, Path jar) throws IOException {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
				Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
				Files.copy(file, out);
			}
		}
	}

	private void record(Class<?> application, String... arguments) {
		try (AppProcess process = AppProcess.builder()
			.mainClass(application.getName(), this.classPath)
			.jvmOption(Service.JVM_OPTIONS)
			.jvmOption((AOT_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + this.archive)
			.argument(arguments)
			.start()) {
			process.awaitLog("Started " + application.getSimpleName(), Service.START);
			process.terminate();
			process.awaitExit(Service.END);
		}
	}

}
