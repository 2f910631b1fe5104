package io.podlifecycle.process;

import java.io.File;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import jakarta.servlet.ServletContainerInitializer;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.FileResourceSet;
import org.apache.catalina.webresources.StandardRoot;

/**
 * An external Tomcat, which deploys the {@link ContainerApplication} with a class loader
 * of its own, undeploys it, and tells what is left of it. On its class path is no library
 * but Tomcat.
 */
final class ContainerMain {

	/** Must not be loaded by the class loader of this class. */
	private static final String APPLICATION = "io.podlifecycle.process.ContainerApplication";

	private static final int MOST_COLLECTIONS = 50;

	private ContainerMain() {
	}

	/**
	 * Deploy and undeploy.
	 * @param args the class path of the web application, and a directory for Tomcat
	 */
	public static void main(String[] args) throws Exception {
		// As Tomcat does: an application takes a single console handler for its own.
		Logger.getLogger("").addHandler(new ConsoleHandler());
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(args[1]);
		tomcat.setPort(0);
		tomcat.getConnector();
		tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
		tomcat.getHost();
		tomcat.start();
		ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
		ExecutorService deployer = Executors.newSingleThreadExecutor();
		WeakReference<ClassLoader> classLoader = deployer.submit(() -> deployAndUndeploy(tomcat, args[0], collected))
			.get();
		deployer.shutdown();
		LastRecord.link();
		awaitCollection(collected);
		System.out.println("Threads after a while: " + threads());
		System.out.println("The class loader " + ((classLoader.get() != null) ? "was kept" : "was collected"));
		System.exit(0);
	}

	private static WeakReference<ClassLoader> deployAndUndeploy(Tomcat tomcat, String classPath,
			ReferenceQueue<ClassLoader> collected) throws Exception {
		Context context = context(classPath);
		tomcat.getHost().addChild(context);
		WeakReference<ClassLoader> classLoader = new WeakReference<>(context.getLoader().getClassLoader(), collected);
		System.out.println("Deployed: " + context.getState() + ", SIGTERM is handled by " + sigtermHandler());
		tomcat.getHost().removeChild(context);
		System.out.println("Undeployed: " + context.getState());
		return classLoader;
	}

	private static Context context(String classPath) {
		StandardContext context = new StandardContext();
		context.setPath("");
		context.setResources(resources(context, classPath));
		context.addLifecycleListener(ContainerMain::configure);
		return context;
	}

	private static WebResourceRoot resources(Context context, String classPath) {
		StandardRoot root = new StandardRoot(context);
		for (String entry : List.of(classPath.split(File.pathSeparator))) {
			Path path = Path.of(entry);
			root.addPreResources(Files.isDirectory(path) ? new DirResourceSet(root, "/WEB-INF/classes", entry, "/")
					: new FileResourceSet(root, "/WEB-INF/lib/" + path.getFileName(), entry, "/"));
		}
		return root;
	}

	/** As Tomcat does itself when it has searched each class of an application. */
	private static void configure(LifecycleEvent event) {
		if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
			Context context = (Context) event.getLifecycle();
			ClassLoader classLoader = context.getLoader().getClassLoader();
			try {
				context.addServletContainerInitializer((ServletContainerInitializer) classLoader
					.loadClass("org.springframework.web.SpringServletContainerInitializer")
					.getConstructor()
					.newInstance(), Set.of(classLoader.loadClass(APPLICATION)));
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
			context.setConfigured(true);
		}
	}

	/** The table can only be read by writing to it. */
	private static Object sigtermHandler() throws ReflectiveOperationException {
		Class<?> signalType = Class.forName("sun.misc.Signal");
		Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
		Object signal = signalType.getConstructor(String.class).newInstance("TERM");
		Object handler = signalType.getMethod("handle", signalType, handlerType)
			.invoke(null, signal, handlerType.getField("SIG_DFL").get(null));
		signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
		return handler;
	}

	private static void awaitCollection(ReferenceQueue<ClassLoader> collected) throws InterruptedException {
		for (int i = 0; i < MOST_COLLECTIONS; i++) {
			System.gc();
			if (collected.remove(100) != null) {
				return;
			}
		}
	}

	private static String threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.getName().startsWith("http-nio-"))
			.map(Thread::getName)
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
